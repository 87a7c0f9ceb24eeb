import type { PracticesPage, PracticeView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote, Flag, Skeleton } from '../../ui';
import { Choice } from '../../ui/fields';
import { periodOf } from './practice-card';
import { practiceQuery } from './practices.api';
import './entry.css';

const COMPARED_MAX = 3;
const titlesQuery = queryOptions({
  queryKey: ['practices', 'titles'],
  queryFn: () => api.get<PracticesPage>('/api/practices?limit=100&sort=title'),
});

/** Up to three practices side by side; which ones stands in the address. */
export default function ComparePage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const refs = [...new Set(params.getAll('p'))].slice(0, COMPARED_MAX);
  const practices = useQueries({ queries: refs.map((ref) => practiceQuery(ref)) });
  const titles = useQuery(titlesQuery);
  usePage(t('entry.compareTitle'), { columns: 'page-1', back: { href: '/pratiques', label: t('practices.title') } });
  const set = (next: string[]) =>
    setParams((old) => (old.delete('p'), next.forEach((ref) => old.append('p', ref)), old), { replace: true });
  const views = practices.flatMap((practice) => practice.data ?? []);
  const failed = practices.find((practice) => practice.error);
  const others = titles.data?.items.filter((item) => !refs.includes(item.ref)) ?? [];
  return (
    <div>
      <h1>{t('entry.compareTitle')}</h1>
      <p className="soft mt-2">{t('entry.compareLead')}</p>
      {failed && <ErrorNote error={failed.error} />}
      {refs.length > 0 && views.length === 0 && !failed && <Skeleton />}
      {views.length > 0 && <Table practices={views} onRemove={(ref) => set(refs.filter((one) => one !== ref))} />}
      {refs.length < COMPARED_MAX && (
        <div className="mt-4">
          <Choice
            label={t('entry.compareAdd')}
            value={null}
            options={others.map((item) => ({ value: item.ref, label: `${item.title} (${item.city.name})` }))}
            onChange={(ref) => ref && set([...refs, ref])}
          />
        </div>
      )}
    </div>
  );
}

function Table({ practices, onRemove }: { practices: PracticeView[]; onRemove: (ref: string) => void }) {
  const { t, countryName } = useI18n();
  const rows: [string, (practice: PracticeView) => ReactNode][] = [
    [
      t('practices.facts.city'),
      ({ city }) => (
        <>
          <Flag country={city.country} /> {city.name}, {countryName(city.country)}
        </>
      ),
    ],
    [t('practices.facts.since'), (practice) => periodOf(practice, t)],
    [t('practices.facts.cost'), ({ costRange }) => t(`practices.cost.${costRange}`)],
    [
      t('practices.facts.takenBy'),
      ({ takenUpCount }) => (takenUpCount > 0 ? t('practices.cities', { count: takenUpCount }) : t('practices.nobody')),
    ],
    [t('practices.summary'), ({ content }) => frenchTypography(content.summary)],
    [
      t('practices.resultsTitle'),
      ({ content }) => (
        <Points
          lines={content.results.map((row) =>
            row.before || row.after ? `${row.indicator} : ${row.before} → ${row.after} ${row.unit}` : row.indicator,
          )}
        />
      ),
    ],
    [t('entry.steps'), ({ content }) => <Points lines={content.steps.map((step) => step.title)} />],
    [t('practices.difficulties'), ({ content }) => frenchTypography(content.difficulties)],
    [t('entry.conditions'), ({ content }) => frenchTypography(content.conditions)],
    [t('practices.partners'), ({ content }) => content.partners.map((partner) => partner.name).join(', ')],
  ];
  return (
    <div className="table mt-3" tabIndex={0} role="group" aria-label={t('entry.compareTitle')}>
      <table className="res even">
        <thead>
          <tr>
            <td />
            {practices.map((practice) => (
              <th key={practice.ref} scope="col">
                <Link href={`/pratiques/${practice.ref}`}>{frenchTypography(practice.title)}</Link>{' '}
                <button
                  type="button"
                  className="btn btn-q"
                  aria-label={t('entry.compareRemove', { title: practice.title })}
                  onClick={() => onRemove(practice.ref)}
                >
                  {t('editor.remove')}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, cell]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {practices.map((practice) => (
                <td key={practice.ref} lang={practice.language}>
                  {cell(practice)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Points = ({ lines }: { lines: string[] }) =>
  lines.length === 0 ? null : (
    <ul className="dots">
      {lines.map((line, index) => (
        <li key={index}>{frenchTypography(line)}</li>
      ))}
    </ul>
  );
