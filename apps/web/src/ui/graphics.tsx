import type { ReactNode } from 'react';
import { ICONS, type IconName } from './icons';

/** A decorative icon; when it stands alone its button carries the name. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg className={small ? 'i i-s' : 'i'} viewBox="0 0 24 24" aria-hidden="true">
      <path d={ICONS[name]} className={name === 'more' ? 'dots3' : undefined} />
    </svg>
  );
}

/** The flag of a country by ISO code; the country is said in words beside it. */
export function Flag({ country }: { country: string }) {
  return <img className="flag" src={`/flags/${country}.svg`} alt="" width={22} height={15} loading="lazy" decoding="async" />;
}

/** The mark: a tied-arch footbridge, the far end is the city that receives. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 34 24" aria-hidden="true">
      <path d="M1.5 18h31M4.5 18a12.5 13.5 0 0 1 25 0" />
      <path className="thin" d="M11 18V6.500M17 18V4.500M23 18V6.500" />
      <circle className="dot" cx="29.5" cy="18" r="3.4" />
    </svg>
  );
}

const ARCH_WIDTH = 18;

/** Arches that count: `built` full ones of `total`. No arch without a count beside it. */
export function Via({ built, total = built, large = false, label }: { built: number; total?: number; large?: boolean; label?: string }) {
  const shown = Math.min(total, 12);
  const width = shown * ARCH_WIDTH + 4;
  return (
    <svg
      className={large ? 'via via-l' : 'via'}
      viewBox={`0 0 ${width} 15`}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <path className="deck" d={`M0 12.500h${width - 4}`} />
      {Array.from({ length: shown }, (_, k) => (
        <path key={k} className={k < built ? undefined : 'off'} d={`M${k * ARCH_WIDTH + 1} 12a8 10 0 0 1 16 0`} />
      ))}
      {built > 0 && <circle cx={Math.min(built, shown) * ARCH_WIDTH - 1} cy="12" r="2.6" />}
    </svg>
  );
}

/** One of the three notes: information, attention, refusal; each with an icon and a verb. */
export function Note({
  kind = 'info',
  icon,
  children,
  role,
}: {
  kind?: 'info' | 'attention' | 'refusal';
  icon: IconName;
  children: ReactNode;
  role?: 'status' | 'alert';
}) {
  const className = { info: 'note', attention: 'note note-w', refusal: 'note note-x' }[kind];
  return (
    <div className={className} role={role}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}
