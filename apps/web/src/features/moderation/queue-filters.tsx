import { CASE_TARGETS, MEASURES, QUEUE_KINDS, type QueuePage, type QueueQuery } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { spacesQuery } from '../../app/queries';
import { useI18n } from '../../i18n';

const WHICH = ['all', 'mine', 'free', 'decided'] as const satisfies QueueQuery['which'][];
/** Names in the address, by the names of the server. */
const IN_ADDRESS = { kind: 'nature', target: 'objet', space: 'espace', measure: 'mesure', moderator: 'par', days: 'jours' } as const;
type Field = keyof typeof IN_ADDRESS;
const AGES = [1, 3, 7, 30];

/** What of the queue is shown stands in the address, so that it can be passed on. */
export function useQueueFilter() {
  const [params, setParams] = useSearchParams();
  const which = WHICH.find((one) => one === params.get('liste')) ?? 'all';
  const chosen = Object.fromEntries(Object.entries(IN_ADDRESS).flatMap(([field, name]) => (params.get(name) ? [[field, params.get(name) ?? '']] : []))) as Partial<Record<Field, string>>;
  const set = (name: string, value: string) =>
    setParams(
      (now) => {
        if (value) now.set(name, value);
        else now.delete(name);
        return now;
      },
      { replace: true },
    );
  return {
    filter: { which, ...chosen } as Partial<QueueQuery>,
    chosen,
    which,
    setWhich: (one: QueueQuery['which']) => set('liste', one === 'all' ? '' : one),
    setField: (field: Field, value: string) => set(IN_ADDRESS[field], value),
    /** To be kept in links from one case to another. */
    search: params.size > 0 ? `?${params.toString()}` : '',
  };
}

/** All, mine, free, decided. */
export function WhichChips({ which, counts, onWhich }: { which: QueueQuery['which']; counts: QueuePage['counts']; onWhich: (which: QueueQuery['which']) => void }) {
  const { t } = useI18n();
  return (
    <p className="row mt-3">
      {WHICH.map((one) => (
        <button key={one} type="button" className="chip" aria-pressed={which === one} onClick={() => onWhich(one)}>
          {t(`moderation.which.${one}`)} {one !== 'decided' && <span className="num">{counts[one]}</span>}
        </button>
      ))}
    </p>
  );
}

/** What it is about, where, since when, whose, and for what is decided the measure. */
export function Filters({
  chosen,
  which,
  moderators,
  kinds,
  onField,
}: {
  chosen: Partial<Record<Field, string>>;
  which: QueueQuery['which'];
  moderators: QueuePage['moderators'];
  kinds: QueuePage['kinds'];
  onField: (field: Field, value: string) => void;
}) {
  const { t, lang } = useI18n();
  const spaces = useQuery(spacesQuery).data?.items ?? [];
  const count = Object.keys(chosen).length;
  const select = (field: Field, options: (readonly [value: string, label: string])[]) => (
    <div className="field">
      <label htmlFor={`by-${field}`}>{t(`moderation.filters.${field}`)}</label>
      <select className="in" id={`by-${field}`} value={chosen[field] ?? ''} onChange={(event) => onField(field, event.target.value)}>
        <option value="">{t('common.all')}</option>
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <details className="mt-3" open={count > 0}>
      <summary className="btn btn-q">
        {t('moderation.filters.title')} {count > 0 && <span className="num">{count}</span>}
      </summary>
      {select('kind', QUEUE_KINDS.map((kind) => [kind, `${t(`moderation.queueKinds.${kind}`)} (${kinds[kind]})`] as const))}
      {select('target', CASE_TARGETS.map((kind) => [kind, t(`moderation.targetKind.${kind}`)] as const))}
      {select('space', spaces.map((space) => [space.slug, lang === 'fr' ? frenchTypography(space.nameFr) : space.nameEn] as const))}
      {select('days', AGES.map((days) => [String(days), t('moderation.filters.since', { days: t('moderation.days', { count: days }) })] as const))}
      {moderators.length > 0 && select('moderator', moderators.map(({ id, name }) => [id, name] as const))}
      {which === 'decided' && select('measure', MEASURES.map((measure) => [measure, t(`moderation.measures.${measure}`)] as const))}
    </details>
  );
}
