import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { withQuery } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, Loaded } from '../../ui';
import { unansweredQuery } from './search.api';

/** Words that were looked for in vain: what the network lacks, for the secretariat. */
export default function UnansweredPage() {
  const { t, formatDay, formatNumber } = useI18n();
  const unanswered = useQuery(unansweredQuery);
  usePage(t('search.unanswered'), { back: { href: '/recherche', label: t('search.title') } });
  return (
    <div>
      <h1>{t('search.unanswered')}</h1>
      <p className="soft mt-2">{t('search.unansweredText')}</p>
      <Loaded query={unanswered}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('search.unansweredNone')} text={t('search.unansweredNoneText')} />
          ) : (
            <table className="res counts mt-4">
              <thead>
                <tr>
                  <th scope="col">{t('search.unansweredWords')}</th>
                  <th scope="col">{t('search.unansweredLast')}</th>
                  <th scope="col">{t('search.unansweredCount')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ words, count, lastOn }) => (
                  <tr key={words}>
                    <th scope="row">
                      <Link href={withQuery('/recherche', { q: words })}>{words}</Link>
                    </th>
                    <td>{formatDay(`${lastOn}T12:00:00Z`)}</td>
                    <td className="num">{formatNumber(count)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </div>
  );
}
