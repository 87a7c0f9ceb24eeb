import type { Naming } from '@passerelle/contract';
import { useI18n } from '../../i18n';

const CHOICES = ['withheld', 'region'] as const;

/** The Chatham House rule for a new thread: names shown, withheld, or withheld but for the part of the world. */
export function NamingField({ value, onChange }: { value: Naming; onChange: (value: Naming) => void }) {
  const { t } = useI18n();
  return (
    <fieldset className="mt-4">
      <legend className="lab">{t('forum.naming.legend')}</legend>
      {(['shown', ...CHOICES] as const).map((naming) => (
        <label key={naming} className="opt">
          <input type="radio" name="naming" checked={value === naming} onChange={() => onChange(naming)} />
          <span>
            {t(`forum.naming.choices.${naming}`)}
            <small>{t(`forum.naming.hints.${naming}`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The same for a thread that nobody has answered yet; there is no way back. */
export function WithholdNames({ onWithhold }: { onWithhold: (naming: Exclude<Naming, 'shown'>) => void }) {
  const { t } = useI18n();
  return (
    <section>
      <h3>{t('forum.naming.legend')}</h3>
      <p className="hint">{t('forum.naming.forGood')}</p>
      <div className="row mt-2">
        {CHOICES.map((naming) => (
          <button key={naming} type="button" className="btn" onClick={() => onWithhold(naming)}>
            {t(`forum.naming.choices.${naming}`)}
          </button>
        ))}
      </div>
    </section>
  );
}
