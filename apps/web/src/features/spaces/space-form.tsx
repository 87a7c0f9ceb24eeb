import type { CreateSpaceBody, SpaceAccess } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { themesQuery } from '../../app/queries';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';

export type SpaceFields = Omit<CreateSpaceBody, 'id'>;
export const NO_FIELDS: SpaceFields = { nameFr: '', nameEn: '', descriptionFr: '', descriptionEn: '', access: 'closed', theme: null };
const [NAME_MIN, NAME_MAX, DESCRIPTION_MAX] = [3, 80, 600];
const ACCESSES: SpaceAccess[] = ['open', 'closed', 'confidential'];

interface Props {
  start: SpaceFields;
  /** Whether name, access and theme may be set, or the description only. */
  settles: boolean;
  /** Whoever doesn't belong to it can't make it confidential: they would shut themselves out. */
  hides?: boolean;
  submit: string;
  pending: boolean;
  error: unknown;
  onSubmit: (fields: SpaceFields) => void;
}

const WORDS = ['nameFr', 'nameEn', 'descriptionFr', 'descriptionEn'] as const;
const KEYS = [...WORDS, 'access', 'theme'] as const;

/**
 * What is being written, kept while `start` becomes what somebody else has stored meanwhile: fields that were not touched follow it.
 * @returns also which words somebody else has changed under the hand of who writes.
 */
function useFields(start: SpaceFields) {
  const [fields, setFields] = useState(start);
  const [basis, setBasis] = useState(start);
  const [sent, setSent] = useState(start);
  const [contested, setContested] = useState<readonly (typeof WORDS)[number][]>([]);
  if (KEYS.some((key) => basis[key] !== start[key])) {
    const untouched = Object.fromEntries(KEYS.filter((key) => fields[key] === basis[key]).map((key) => [key, start[key]]));
    const next: SpaceFields = { ...fields, ...untouched };
    setBasis(start);
    setFields(next);
    setContested(WORDS.filter((key) => next[key] !== start[key] && start[key] !== sent[key] && (start[key] !== basis[key] || contested.includes(key))));
  }
  return { fields, contested, change: (part: Partial<SpaceFields>) => setFields({ ...fields, ...part }), keep: () => (setSent(fields), setContested([])) };
}

/** Name, description, access and theme of a space. */
export function SpaceForm({ start, settles, hides = true, submit, pending, error, onSubmit }: Props) {
  const { t } = useI18n();
  const { fields, contested, change, keep } = useFields(start);
  const [checked, setChecked] = useState(false);
  const bad = (name: string) => name.trim().length < NAME_MIN;
  const send = () => {
    setChecked(true);
    if (settles && (bad(fields.nameFr) || bad(fields.nameEn))) return void requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus());
    keep();
    onSubmit(fields);
  };
  return (
    <form onSubmit={(event) => (event.preventDefault(), send())} noValidate>
      {settles && <Name id="nameFr" value={fields.nameFr} wrong={checked && bad(fields.nameFr)} onChange={(nameFr) => change({ nameFr })} />}
      {settles && <Name id="nameEn" value={fields.nameEn} wrong={checked && bad(fields.nameEn)} onChange={(nameEn) => change({ nameEn })} />}
      <Description id="descriptionFr" value={fields.descriptionFr} onChange={(descriptionFr) => change({ descriptionFr })} />
      <Description id="descriptionEn" value={fields.descriptionEn} onChange={(descriptionEn) => change({ descriptionEn })} />
      {settles && <Access value={fields.access} hides={hides} onChange={(access) => change({ access })} />}
      {settles && <Theme value={fields.theme} onChange={(theme) => change({ theme })} />}
      {contested.length > 0 && (
        <Note kind="attention" icon="alert" role="status">
          <p>{t('spaces.form.meanwhile')}</p>
          {contested.map((key) => (
            <p key={key} className="mt-2">
              {t(`spaces.form.${key}`)}
              <br />
              <q>{start[key]}</q>
            </p>
          ))}
        </Note>
      )}
      {error !== null && error !== undefined && <ErrorNote error={error} />}
      <p className="row mt-5">
        <button type="submit" className="btn btn-p" disabled={pending}>
          {submit}
        </button>
      </p>
    </form>
  );
}

function Name({ id, value, wrong, onChange }: { id: 'nameFr' | 'nameEn'; value: string; wrong: boolean; onChange: (value: string) => void }) {
  const { t } = useI18n();
  return (
    <div className="field">
      <label htmlFor={id}>{t(`spaces.form.${id}`)}</label>
      <input className="in" id={id} value={value} maxLength={NAME_MAX} aria-invalid={wrong} aria-describedby={wrong ? `${id}-error` : undefined} onChange={(event) => onChange(event.target.value)} />
      {wrong && (
        <p className="err" id={`${id}-error`}>
          {t('spaces.form.bad')}
        </p>
      )}
    </div>
  );
}

function Description({ id, value, onChange }: { id: 'descriptionFr' | 'descriptionEn'; value: string; onChange: (value: string) => void }) {
  const { t } = useI18n();
  return (
    <div className="field">
      <label htmlFor={id}>{t(`spaces.form.${id}`)}</label>
      <textarea className="in" id={id} rows={3} maxLength={DESCRIPTION_MAX} value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

function Access({ value, hides, onChange }: { value: SpaceAccess; hides: boolean; onChange: (value: SpaceAccess) => void }) {
  const { t } = useI18n();
  return (
    <fieldset className="mt-4">
      <legend className="lab">{t('spaces.form.access')}</legend>
      {ACCESSES.filter((access) => hides || access !== 'confidential').map((access) => (
        <label key={access} className="opt">
          <input type="radio" name="access" checked={value === access} onChange={() => onChange(access)} />
          <span>{t(`spaces.form.${access}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Theme({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { t, lang } = useI18n();
  const themes = useQuery(themesQuery);
  return (
    <div className="field">
      <label htmlFor="theme">{t('spaces.form.theme')}</label>
      <select className="in" id="theme" value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
        <option value="">{t('spaces.form.noTheme')}</option>
        {themes.data?.items.map((theme) => (
          <option key={theme.id} value={theme.id}>
            {theme[lang]}
          </option>
        ))}
      </select>
    </div>
  );
}
