import { AuditFilters } from '@passerelle/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'wouter';
import { usePage } from '../../../app/page';
import { useI18n } from '../../../i18n';
import { Empty, Loaded } from '../../../ui';
import { More } from '../../../ui/facets';
import { JournalExport } from './journal-export';
import { JournalFilters } from './journal-filters';
import { JournalLine } from './journal-line';
import { journalQuery } from './journal.api';

/** What each filter is called in the address of the page, which keeps the question. */
const NAMES = { act: 'acte', person: 'nom', organisation: 'ville', from: 'du', to: 'au', reference: 'reference' } as const;

/** The record of administration for the secretariat; new lines come by themselves. */
export default function JournalPage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const asked = Object.fromEntries(Object.entries(NAMES).flatMap(([key, name]) => (params.get(name) ? [[key, params.get(name)]] : [])));
  // Half a date, or an address that somebody typed: what the server would refuse is no filter yet.
  const filters = AuditFilters.safeParse(asked).data ?? {};
  const lines = useInfiniteQuery(journalQuery(useDeferredValue(filters)));
  usePage(t('journal.title'), { back: { href: '/administration', label: t('administration.title') } });
  const set = (key: keyof typeof NAMES, value: string) =>
    setParams(
      (old) => {
        if (value === '') old.delete(NAMES[key]);
        else old.set(NAMES[key], value);
        return old;
      },
      { replace: true },
    );
  return (
    <div>
      <h1>{t('journal.title')}</h1>
      <p className="soft mt-2">{t('journal.lead')}</p>
      <JournalFilters value={(key) => params.get(NAMES[key]) ?? ''} onChange={set} />
      <Loaded query={lines}>
        {({ pages }) =>
          pages[0]?.items.length === 0 ? (
            <Empty title={t('journal.none')} text={t('journal.noneText')} />
          ) : (
            <>
              <ol className="list mt-4">{pages.flatMap((page) => page.items.map((line) => <JournalLine key={line.id} line={line} />))}</ol>
              <More query={lines} />
            </>
          )
        }
      </Loaded>
      <JournalExport filters={filters} />
    </div>
  );
}
