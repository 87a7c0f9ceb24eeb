import type { RegisterPage as Register } from '@passerelle/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, withQuery } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Loaded } from '../../ui';
import { Bars } from '../../ui/bars';
import { useModerationWords } from './words';

/** Every decision without names, open to members; figures by month with the table behind them. */
export default function RegisterPage() {
  const { t, lang, formatDay } = useI18n();
  const monthName = (month: string) =>
    new Intl.DateTimeFormat(lang, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-15`));
  const { ruleOf, durationOf, measureOf } = useModerationWords();
  usePage(t('moderation.registerTitle'), { back: { href: '/moi', label: t('shell.me') } });
  const register = useInfiniteQuery({
    queryKey: ['register'],
    queryFn: ({ pageParam }) => api.get<Register>(withQuery('/api/register', { cursor: pageParam })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  return (
    <div>
      <h1>{t('moderation.registerTitle')}</h1>
      <p className="soft mt-2">{t('moderation.registerLead')}</p>
      <p className="mt-2">
        <Link className="btn" href="/registre/regles">
          {t('moderation.rules.title')}
        </Link>
      </p>
      <Loaded query={register}>
        {({ pages }) => (
          <>
            {pages[0]?.months.some(({ measures }) => measures > 0) && (
              <section className="sec">
                <h2>{t('moderation.figures')}</h2>
                <Bars
                  title={t('moderation.months')}
                  bars={(pages[0]?.months ?? []).map(({ month, measures, reversed }) => ({
                    label: monthName(month),
                    value: measures,
                    full: reversed,
                  }))}
                  columns={[t('moderation.month'), t('moderation.monthMeasures'), t('moderation.monthReversed')]}
                />
              </section>
            )}
            <HeldFigures months={pages[0]?.months ?? []} />
            {pages[0]?.items.length === 0 && <p className="soft mt-3">{t('moderation.registerNone')}</p>}
            <ul className="list mt-4">
              {pages
                .flatMap(({ items }) => items)
                .map((row) => (
                  <li key={row.id}>
                    <span className="min0">
                      {[measureOf(row.measure, row.target), durationOf(row.duration)].filter(Boolean).join(', ')}
                      <span className="meta">{ruleOf(row.rule)}</span>
                      <span className="meta">
                        {[
                          row.number,
                          formatDay(row.at),
                          t(`moderation.targetKind.${row.target}`),
                          t(`moderation.outcomeOf.${row.appeal}`),
                        ].join(', ')}
                      </span>
                    </span>
                  </li>
                ))}
            </ul>
            {register.hasNextPage && (
              <p className="mt-4">
                <button type="button" className="btn" disabled={register.isFetchingNextPage} onClick={() => void register.fetchNextPage()}>
                  {t('moderation.more')}
                </button>
              </p>
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}

/** What rules held in the last twelve months; nothing where nothing was. */
function HeldFigures({ months }: { months: Register['months'] }) {
  const { t } = useI18n();
  const held = months.reduce((sum, month) => sum + month.held, 0);
  if (held === 0) return null;
  return <p className="meta mt-3">{t('moderation.heldFigures', { held, released: months.reduce((sum, month) => sum + month.released, 0) })}</p>;
}
