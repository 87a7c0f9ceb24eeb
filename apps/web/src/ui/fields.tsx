import { type PracticeGap, WORDS, wordCount } from '@passerelle/contract';
import { type ReactNode, useId } from 'react';
import { useI18n } from '../i18n';
import './fields.css';

/** Puts what is wrong with a field into words. */
export function useGapText() {
  const { t } = useI18n();
  return (gap: PracticeGap | undefined) => gap && t(`editor.gap.${gap.code}`, { min: gap.min ?? 0, max: gap.max ?? 0 });
}

/** What is still empty is asked for, but not marked as wrong. */
interface FieldProps {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  /** The heading above already says it. */
  hideLabel?: boolean;
}

function Labelled({ label, hint, problem, hideLabel, children }: FieldProps & { children: (id: string, describedBy: string | undefined) => ReactNode }) {
  const id = useId();
  const described = hint || problem ? `${id}h` : undefined;
  return (
    <div className="field">
      <label className={hideLabel ? 'vh' : undefined} htmlFor={id}>
        {label}
      </label>
      {described && (
        <p className="hint" id={described}>
          {problem ? <b>{problem}</b> : hint}
        </p>
      )}
      {children(id, described)}
    </div>
  );
}

export function Line({ value, onChange, type = 'text', ...field }: FieldProps & { value: string; onChange: (value: string) => void; type?: 'text' | 'date' | 'number' | 'url' }) {
  return (
    <Labelled {...field}>
      {(id, described) => (
        <input id={id} className="in" type={type} value={value} aria-invalid={field.problem !== undefined && value !== ''} aria-describedby={described} onChange={(event) => onChange(event.target.value)} {...(type === 'number' && { inputMode: 'decimal', step: 'any', min: 0 })} />
      )}
    </Labelled>
  );
}

export function NumberLine({ value, onChange, ...field }: FieldProps & { value: number | null | undefined; onChange: (value: number | null) => void }) {
  return <Line {...field} type="number" value={value === null || value === undefined ? '' : String(value)} onChange={(text) => onChange(text === '' || Number.isNaN(Number(text)) ? null : Number(text))} />;
}

/** A longer text with its count of words, where they are bounded. */
export function Area({ value, onChange, bounds, rows = 6, ...field }: FieldProps & { value: string; onChange: (value: string) => void; bounds?: keyof typeof WORDS; rows?: number }) {
  const { t } = useI18n();
  return (
    <Labelled {...field}>
      {(id, described) => (
        <>
          <textarea id={id} className="in" rows={rows} value={value} aria-invalid={field.problem !== undefined && value !== ''} aria-describedby={described} onChange={(event) => onChange(event.target.value)} />
          {bounds && <p className="meta mt-2">{t('editor.words', { count: wordCount(value), min: WORDS[bounds][0], max: WORDS[bounds][1] })}</p>}
        </>
      )}
    </Labelled>
  );
}

export function Choice<T extends string>({ value, options, onChange, ...field }: FieldProps & { value: T | null; options: { value: T; label: string }[]; onChange: (value: T | null) => void }) {
  const { t } = useI18n();
  return (
    <Labelled {...field}>
      {(id, described) => (
        <select id={id} className="in" value={value ?? ''} aria-invalid={field.problem !== undefined && value !== null} aria-describedby={described} onChange={(event) => onChange((event.target.value || null) as T | null)}>
          <option value="">{t('editor.choose')}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** Several of a few, as chips. */
export function Chips<T extends string | number>({ label, problem, values, options, max, onChange }: { label: string; problem?: string | undefined; values: T[]; options: { value: T; label: string }[]; max: number; onChange: (values: T[]) => void }) {
  const id = useId();
  return (
    <div className="field">
      <span className="lab" id={id}>
        {label}
      </span>
      {problem && (
        <p className="hint">
          <b>{problem}</b>
        </p>
      )}
      <div role="group" aria-labelledby={id} className="row">
        {options.map((option) => {
          const chosen = values.includes(option.value);
          return (
            <button key={option.value} type="button" className="chip" aria-pressed={chosen} disabled={!chosen && values.length >= max} onClick={() => onChange(chosen ? values.filter((value) => value !== option.value) : [...values, option.value])}>
              {option.label}
            </button>
          );
        })}
      </div>
    </div>
  );
}

export function Check({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label className="opt mt-2">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** Rows that are added and removed one by one. */
export function Rows<T>({ name, rows, max, empty, onChange, children }: { name: string; rows: T[]; max: number; empty: () => T; onChange: (rows: T[]) => void; children: (row: T, change: (part: Partial<T>) => void, index: number) => ReactNode }) {
  const { t } = useI18n();
  return (
    <>
      {rows.map((row, index) => (
        <fieldset key={index} className="rowset">
          <legend>{t('editor.row', { name, n: index + 1 })}</legend>
          {children(row, (part) => onChange(rows.map((other, place) => (place === index ? { ...other, ...part } : other))), index)}
          <button type="button" className="btn btn-q mt-2" onClick={() => onChange(rows.filter((_, place) => place !== index))}>
            {t('editor.remove')}
          </button>
        </fieldset>
      ))}
      {rows.length < max && (
        <p className="mt-3">
          <button type="button" className="btn" onClick={() => onChange([...rows, empty()])}>
            {t('editor.add')} : {name.toLocaleLowerCase()}
          </button>
        </p>
      )}
    </>
  );
}
