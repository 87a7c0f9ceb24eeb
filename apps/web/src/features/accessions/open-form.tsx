import { type AccessionInstrument, AccessionInstrument as Instruments, type AccessionView, SoughtMembership } from '@passerelle/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { organisationsQuery } from '../../app/organisations';
import { useI18n } from '../../i18n';
import { Icon } from '../../ui';
import { Check, Line, NumberLine } from '../../ui/fields';
import { Problem } from './problem';
import { Select } from './select';
import { useShow } from './use-act';

type Kind = 'city' | 'association';
const emptyForm = () => ({
  id: uuid(),
  isNew: false,
  slug: '',
  organisationId: uuid(),
  name: '',
  kind: 'city' as Kind,
  country: '',
  population: null as number | null,
  capital: false,
  sought: 'member' as SoughtMembership,
  instrument: 'deliberation' as AccessionInstrument,
});
type Form = ReturnType<typeof emptyForm>;
type Part = { form: Form; change: (part: Partial<Form>) => void; error: unknown };

/** Opens a candidature; for the secretariat. */
export function OpenAccession() {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <NewAccession onClose={() => setOpen(false)} />;
  return (
    <p className="mt-4">
      <button type="button" className="btn btn-p" onClick={() => setOpen(true)}>
        <Icon name="plus" small /> {t('accessions.new.open')}
      </button>
    </p>
  );
}

function NewAccession({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const show = useShow();
  const organisations = useQuery(organisationsQuery).data ?? [];
  const [form, setForm] = useState(emptyForm);
  const change = (part: Partial<Form>) => setForm((old) => ({ ...old, ...part }));
  const kind = form.isNew ? form.kind : (organisations.find(({ slug }) => slug === form.slug)?.kind ?? 'city');
  const isCity = kind === 'city';
  const instrument = isCity ? (form.instrument === 'bureau-decision' ? 'deliberation' : form.instrument) : 'bureau-decision';
  const organisation = form.isNew
    ? {
        id: form.organisationId,
        name: form.name,
        kind: form.kind,
        country: form.country,
        population: form.population,
        capital: form.capital,
      }
    : form.slug;
  const open = useMutation({
    mutationFn: () =>
      api.post<AccessionView>('/api/accessions', { id: form.id, organisation, sought: isCity ? form.sought : 'member', instrument }),
    onSuccess: (view) => {
      show(view, t('accessions.new.opened'));
      navigate(`/adhesions/${view.id}`);
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!open.isPending) open.mutate();
  };
  return (
    <form className="sec" onSubmit={submit} aria-label={t('accessions.new.open')}>
      <h2>{t('accessions.new.open')}</h2>
      <Select
        label={t('accessions.new.who')}
        value={form.isNew ? 'new' : 'known'}
        options={[
          ['known', t('accessions.new.known')],
          ['new', t('accessions.new.unknown')],
        ]}
        onChange={(who) => change({ isNew: who === 'new' })}
      />
      {form.isNew ? (
        <NewOrganisation form={form} change={change} error={open.error} />
      ) : (
        <Select
          required
          label={t('accessions.new.organisation')}
          value={form.slug}
          options={[
            ['', ''],
            ...organisations
              .filter((one) => one.kind === 'city' || one.kind === 'association')
              .map(({ slug, name, countryName }): [string, string] => [slug, `${name}, ${countryName}`]),
          ]}
          onChange={(slug) => change({ slug })}
        />
      )}
      {isCity && (
        <>
          <Select
            label={t('accessions.new.sought')}
            value={form.sought}
            options={SoughtMembership.options.map((one) => [one, t(`accessions.sought.${one}`)])}
            onChange={(sought) => change({ sought })}
          />
          <Select
            label={t('accessions.new.instrument')}
            value={instrument}
            options={Instruments.options.filter((one) => one !== 'bureau-decision').map((one) => [one, t(`accessions.document.${one}`)])}
            onChange={(one) => change({ instrument: one })}
          />
        </>
      )}
      <p className="row mt-4">
        <button type="submit" className="btn btn-p" aria-disabled={open.isPending}>
          {t('accessions.new.submit')}
        </button>
        <button type="button" className="btn btn-q" onClick={onClose}>
          {t('common.cancel')}
        </button>
      </p>
      <Problem error={open.error} />
    </form>
  );
}

function NewOrganisation({ form, change, error }: Part) {
  const { t, lang, fieldProblem } = useI18n();
  const countries = useMemo(() => countriesIn(lang), [lang]);
  return (
    <>
      <Line
        label={t('accessions.new.name')}
        problem={form.name === '' ? fieldProblem(error, 'organisation.name') : undefined}
        value={form.name}
        onChange={(name) => change({ name })}
      />
      <Select
        label={t('accessions.new.kind')}
        value={form.kind}
        options={(['city', 'association'] as const).map((kind) => [kind, t(`accessions.new.kinds.${kind}`)])}
        onChange={(kind) => change({ kind })}
      />
      <Select
        required
        label={t('accessions.new.country')}
        value={form.country}
        options={[['', ''], ...countries]}
        onChange={(country) => change({ country })}
      />
      {form.kind === 'city' && (
        <>
          <NumberLine label={t('accessions.new.population')} value={form.population} onChange={(population) => change({ population })} />
          <Check label={t('accessions.new.capital')} value={form.capital} onChange={(capital) => change({ capital })} />
        </>
      )}
    </>
  );
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Codes that name a union, a test or an outlying part rather than a country. */
const NO_COUNTRY = /^(EU|EZ|UN|XA|XB|QO|ZZ)$/;

/** Every country that the browser can name: the list of the network alone would hold none that is new to it. */
function countriesIn(lang: string): [code: string, name: string][] {
  const names = new Intl.DisplayNames([lang], { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter((code) => !NO_COUNTRY.test(code));
  return codes
    .flatMap((code): [string, string][] => (names.of(code) ? [[code, names.of(code) ?? '']] : []))
    .sort(([, a], [, b]) => a.localeCompare(b, lang));
}
