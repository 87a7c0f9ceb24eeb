import { AUDIT_ACTS, auditActIn, type AuditFilters } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { organisationsQuery } from '../../../app/organisations';
import { useI18n } from '../../../i18n';

type Key = keyof AuditFilters;

/** The questions one may ask of the journal. */
export function JournalFilters({ value, onChange }: { value: (key: Key) => string; onChange: (key: Key, value: string) => void }) {
  const { t, lang } = useI18n();
  const organisations = useQuery(organisationsQuery).data ?? [];
  const acts = AUDIT_ACTS.map((act) => ({ act, name: auditActIn(lang, act) })).sort((a, b) => a.name.localeCompare(b.name, lang));
  const field = (key: Key) => ({
    className: 'in',
    id: key,
    value: value(key),
    onChange: (event: { target: { value: string } }) => onChange(key, event.target.value),
  });
  return (
    <search className="mt-4">
      <div className="cols2">
        <Field id="act" label={t('journal.act')}>
          <select {...field('act')}>
            <option value="">{t('journal.any')}</option>
            {acts.map(({ act, name }) => (
              <option key={act} value={act}>
                {frenchTypography(name)}
              </option>
            ))}
          </select>
        </Field>
        <Field id="organisation" label={t('journal.organisation')}>
          <select {...field('organisation')}>
            <option value="">{t('journal.anyOrganisation')}</option>
            {organisations.map(({ slug, name, countryName }) => (
              <option key={slug} value={slug}>
                {name}, {countryName}
              </option>
            ))}
          </select>
        </Field>
        <Field id="person" label={t('journal.person')} hint={t('journal.personHint')}>
          <input {...field('person')} type="search" maxLength={100} aria-describedby="person-hint" />
        </Field>
        <Field id="reference" label={t('journal.reference')} hint={t('journal.referenceHint')}>
          <input {...field('reference')} type="search" maxLength={100} aria-describedby="reference-hint" />
        </Field>
        <Field id="from" label={t('journal.from')}>
          <input {...field('from')} type="date" />
        </Field>
        <Field id="to" label={t('journal.to')}>
          <input {...field('to')} type="date" />
        </Field>
      </div>
    </search>
  );
}

function Field({ id, label, hint, children }: { id: Key; label: string; hint?: string; children: ReactNode }) {
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && (
        <p className="hint mt-1" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
