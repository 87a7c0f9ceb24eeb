import { Link } from 'wouter';
import { withQuery } from '../../app/api';
import { useI18n } from '../../i18n';
import { Icon, type IconName, Via } from '../../ui';
import { criteriaOf, isSame, questionOf, wordsOf } from './criteria';
import { Follow } from './follow';
import type { Answer } from './search.api';
import { useCriterionText } from './words';

const WAY_ICONS: Record<Answer['ways'][number]['way'], IconName> = { filter: 'close', language: 'globe', words: 'search' };

/** Nothing was found: why, and what would find something. */
export function NoHit({ answer }: { answer: Answer }) {
  const { t } = useI18n();
  const { q, ways } = answer;
  const question = questionOf(q);
  const words = wordsOf(q);
  return (
    <section className="empty">
      <Via built={0} total={3} large />
      <h2>{words === '' ? t('search.noneCriteria') : t('search.none', { q: words })}</h2>
      <p className="soft mt-2">{t(words === '' ? 'search.noneCriteriaText' : words === q ? 'search.noneText' : 'search.noneBoth')}</p>
      <ul className="list mt-4">
        {ways.map((way) => (
          <li key={way.way + way.q}>
            <Icon name={WAY_ICONS[way.way]} small />
            <span>
              <Way answer={answer} way={way} />
              <span className="meta">{t('search.results', { count: way.count })}</span>
            </span>
          </li>
        ))}
        {question !== '' && (
          <li>
            <Icon name="people" small />
            <span>
              {t('search.askNetwork')}
              <span className="meta">{t('search.askText')}</span>
            </span>
          </li>
        )}
      </ul>
      <div className="row mt-4">
        {question !== '' && (
          <Link className="btn btn-p" href={withQuery('/echanges/nouveau', { kind: 'question', titre: question })}>
            {t('search.ask')}
          </Link>
        )}
        <Follow key={q} q={q} label={t('saved.later')} className="btn" />
      </div>
    </section>
  );
}

function Way({ answer, way }: { answer: Answer; way: Answer['ways'][number] }) {
  const { t } = useI18n();
  const text = useCriterionText(answer);
  const left = criteriaOf(way.q, answer);
  const dropped = criteriaOf(answer.q, answer).filter((one) => !left.some((other) => isSame(one, other)));
  const href = withQuery('/recherche', { q: way.q });
  if (way.way === 'words')
    return (
      <>
        {t('search.way.words')} <Link href={href}>{way.q}</Link>
      </>
    );
  if (way.way === 'language')
    return (
      <>
        {t('search.way.language')} <Link href={href}>{t('search.way.bothLanguages')}</Link>
      </>
    );
  return (
    <>
      {t(dropped.length > 0 ? 'search.way.filter' : 'search.way.excluded')} <Link href={href}>{dropped.map(text).join(', ') || way.label}</Link>
    </>
  );
}
