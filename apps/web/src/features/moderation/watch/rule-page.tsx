import type { WatchRuleView, WatchTrialView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearchParams } from 'wouter';
import { ApiProblem } from '../../../app/api';
import { usePage } from '../../../app/page';
import { useI18n } from '../../../i18n';
import { announce, ErrorNote, Icon, Loaded, Note } from '../../../ui';
import { ForModerators } from '../../../ui/gate';
import { Sure } from '../../../ui/sure';
import { Marked } from './marked';
import { RuleForm } from './rule-form';
import { moveRule, removeRule, tryRule, useRuleAct, watchRuleQuery, watchRulesQuery } from './watch.api';
import { useRuleWords } from './words';

const LIST = '/moderation/regles-de-veille';

/** Makes a rule; it is tried before it is in force. */
export function NewRulePage() {
  const { t } = useI18n();
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const page = useQuery(watchRulesQuery);
  usePage(t('watch.new'), { back: { href: LIST, label: t('watch.title') }, task: true });
  if (page.error instanceof ApiProblem && page.error.status === 403) return <ForModerators>{null}</ForModerators>;
  return (
    <div>
      <h1>{t('watch.new')}</h1>
      <p className="soft mt-2">{t('watch.newLead')}</p>
      <Loaded query={page}>
        {(rules) => (
          <RuleForm
            rule={null}
            page={rules}
            space={rules.places.find(({ id }) => id === params.get('espace'))?.id ?? (rules.everywhere ? null : (rules.places[0]?.id ?? null))}
            onSaved={({ id }) => navigate(`${LIST}/${id}`)}
          />
        )}
      </Loaded>
    </div>
  );
}

export function RulePage({ id }: { id: string }) {
  const { t } = useI18n();
  const rule = useQuery(watchRuleQuery(id));
  usePage(rule.data ? frenchTypography(rule.data.name) : t('watch.title'), { back: { href: LIST, label: t('watch.title') }, task: true });
  return <Loaded query={rule}>{(view) => <Rule rule={view} />}</Loaded>;
}

function Rule({ rule }: { rule: WatchRuleView }) {
  const { t, formatDateTime } = useI18n();
  const { placeOf, summaryOf, stateOf } = useRuleWords();
  const [, navigate] = useLocation();
  const remove = useRuleAct(() => removeRule(rule), () => (announce(t('watch.removed')), navigate(LIST)));
  return (
    <div>
      <p className="kick">
        <Icon name="eye" small /> {placeOf(rule.space)}
        <span className="meta">{summaryOf(rule.definition)}</span>
      </p>
      <h1 className="h-long">{frenchTypography(rule.name)}</h1>
      <p className="meta mt-2">
        <span className={rule.active ? 'state state-ok' : 'state'}>{stateOf(rule)}</span> {t('watch.updated', { when: formatDateTime(rule.updatedAt), by: rule.updatedBy })}
      </p>
      <Trial rule={rule} />
      <section className="sec">
        <h2>{t('watch.change')}</h2>
        <p className="hint">{t('watch.changeHint')}</p>
        <RuleForm key={rule.version} rule={rule} space={rule.space?.id ?? null} page={undefined} onSaved={() => undefined} />
      </section>
      <section className="sec">
        <Sure label={t('watch.remove')} question={t('watch.removeSure')} yes={t('watch.remove')} act={remove} />
      </section>
    </div>
  );
}

/** What the rule would have caught; only then it may be put in force. */
function Trial({ rule }: { rule: WatchRuleView }) {
  const { t, formatDateTime } = useI18n();
  const attempt = useRuleAct(() => tryRule(rule));
  const move = useRuleAct(() => moveRule(rule), ({ active }) => announce(t(active ? 'watch.state.active' : 'watch.stopped')));
  // A trial of what the rule looked for before says nothing any more.
  const shown = attempt.data && attempt.data.rule.trial?.at === rule.trial?.at ? attempt.data : undefined;
  return (
    <section className="sec" aria-labelledby="trial">
      <h2 id="trial">{t('watch.trial')}</h2>
      <p className="hint">{t('watch.trialHint')}</p>
      {rule.trial && (
        <Note icon={rule.trial.caught === 0 ? 'check' : 'filter'} role="status">
          {t('watch.caught', { count: rule.trial.caught, scanned: t('watch.scanned', { count: rule.trial.scanned }) })} <span className="soft">{t('watch.triedAt', { when: formatDateTime(rule.trial.at) })}</span>
        </Note>
      )}
      <div className="row mt-3">
        <button type="button" className={rule.trial ? 'btn' : 'btn btn-p'} disabled={attempt.isPending} onClick={() => attempt.mutate(undefined)}>
          {t(attempt.isPending ? 'watch.trying' : rule.trial ? 'watch.tryAgain' : 'watch.try')}
        </button>
        {(rule.trial ?? rule.active) && (
          <button type="button" className={rule.active ? 'btn' : 'btn btn-p'} disabled={move.isPending} onClick={() => move.mutate(undefined)}>
            {t(rule.active ? 'watch.deactivate' : 'watch.activate')}
          </button>
        )}
      </div>
      {rule.active && <p className="hint mt-2">{t('watch.deactivateHint')}</p>}
      {(attempt.isError || move.isError) && <ErrorNote error={attempt.error ?? move.error} />}
      {shown && <Hits items={shown.items} total={shown.rule.trial?.caught ?? 0} />}
    </section>
  );
}

function Hits({ items, total }: { items: WatchTrialView['items']; total: number }) {
  const { t, formatDateTime } = useI18n();
  return (
    <>
      {total > items.length && <p className="meta mt-3">{t('watch.newest', { count: items.length })}</p>}
      <ul className="list mt-3">
        {items.map((item) => (
          <li key={item.id}>
            <span className="min0">
              <Link href={item.url}>{frenchTypography(item.title)}</Link>
              <span className="meta">{formatDateTime(item.at)}</span>
              <span className="hit-text">
                <Marked text={item.excerpt} />
              </span>
              {item.excerpt.marks.length === 0 && item.words.length > 0 && <span className="meta">{item.words.join(', ')}</span>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
