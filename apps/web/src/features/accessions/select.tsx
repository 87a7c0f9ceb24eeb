import { useId } from 'react';

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [value: T, name: string])[];
  required?: boolean;
  onChange: (value: T) => void;
}

/** One of a few that always has a value. */
export function Select<T extends string>({ label, value, options, required = false, onChange }: Props<T>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select className="in" id={id} required={required} value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
