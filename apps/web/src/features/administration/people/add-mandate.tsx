import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../../app/api';
import { organisationsQuery } from '../../../app/organisations';
import { useI18n } from '../../../i18n';
import { Icon } from '../../../ui';
import { ThemesField } from '../../../ui/themes-field';
import { todayOfMandates } from '../../../ui/days';
import { ActForm, DayField, useMandateAct } from './mandate-forms';

/** Gives a person one more office. */
export function AddMandate({ person }: { person: string }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <NewMandate person={person} onDone={() => setOpen(false)} />;
  return (
    <p className="mt-4">
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        <Icon name="plus" small /> {t('people.add')}
      </button>
    </p>
  );
}

function NewMandate({ person, onDone }: { person: string; onDone: () => void }) {
  const { t } = useI18n();
  const field = useId();
  const organisations = useQuery(organisationsQuery).data ?? [];
  const [form, setForm] = useState({ id: uuid(), organisation: '', function: '', from: todayOfMandates(), to: '', themes: [] as string[] });
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const act = useMandateAct(() => api.post(`/api/people/${person}/mandates`, { ...form, to: form.to || null }), onDone);
  return (
    <ActForm title={t('people.add')} button={t('people.addDo')} act={act} person={person}>
      <div className="field">
        <label htmlFor={`${field}o`}>{t('people.organisation')}</label>
        <select
          className="in"
          id={`${field}o`}
          required
          value={form.organisation}
          onChange={(event) => change({ organisation: event.target.value })}
        >
          <option value="" />
          {organisations.map(({ slug, name, countryName }) => (
            <option key={slug} value={slug}>
              {name}, {countryName}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${field}f`}>{t('people.function')}</label>
        <input
          className="in"
          id={`${field}f`}
          required
          maxLength={200}
          value={form.function}
          onChange={(event) => change({ function: event.target.value })}
        />
      </div>
      <DayField label={t('people.first')} value={form.from} onChange={(from) => change({ from })} />
      <DayField label={t('people.lastOptional')} value={form.to} min={form.from} required={false} onChange={(to) => change({ to })} />
      <ThemesField values={form.themes} onChange={(themes) => change({ themes })} />
    </ActForm>
  );
}
