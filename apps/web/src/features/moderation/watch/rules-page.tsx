import type { WatchRuleView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'wouter';
import { ApiProblem } from '../../../app/api';
import { usePage } from '../../../app/page';
import { useI18n } from '../../../i18n';
import { Empty, Icon, Loaded } from '../../../ui';
import { ForModerators } from '../../../ui/gate';
import { watchRulesQuery } from './watch.api';
import { useRuleWords } from './words';

/** The rules that the reader makes: those of all spaces, and of each of theirs. */
export default function WatchRulesPage() {
  const { t } = useI18n();
  const rules = useQuery(watchRulesQuery);
  const [params] = useSearchParams();
  usePage(t('watch.title'), { back: { href: '/moderation', label: t('moderation.title') } });
  if (rules.error instanceof ApiProblem && rules.error.status === 403) return <ForModerators>{null}</ForModerators>;
  const space = params.get('espace');
  return (
    <div>
      <h1>{t('watch.title')}</h1>
      <p className="soft mt-2">{t('watch.lead')}</p>
      <p className="mt-4">
        <Link className="btn btn-p" href={`/moderation/regles-de-veille/nouvelle${space ? `?espace=${space}` : ''}`}>
          <Icon name="plus" small /> {t('watch.new')}
        </Link>
      </p>
      <Loaded query={rules}>
        {({ items }) => (items.length === 0 ? <Empty title={t('watch.none')} text={t('watch.noneText')} /> : <Groups rules={items} />)}
      </Loaded>
    </div>
  );
}

function Groups({ rules }: { rules: WatchRuleView[] }) {
  const { placeOf } = useRuleWords();
  const places = [...new Map(rules.map((rule) => [rule.space?.id ?? '', rule.space])).entries()];
  return places.map(([id, space]) => (
    <section key={id} className="sec">
      <h2>{placeOf(space)}</h2>
      <ul className="list mt-2">
        {rules
          .filter((rule) => (rule.space?.id ?? '') === id)
          .map((rule) => (
            <Row key={rule.id} rule={rule} />
          ))}
      </ul>
    </section>
  ));
}

function Row({ rule }: { rule: WatchRuleView }) {
  const { t } = useI18n();
  const { summaryOf, stateOf } = useRuleWords();
  return (
    <li>
      <span className="min0">
        <Link href={`/moderation/regles-de-veille/${rule.id}`}>{frenchTypography(rule.name)}</Link>
        <span className="meta">{summaryOf(rule.definition)}</span>
        <span className="meta">{t(`watch.actions.${rule.action}`)}</span>
      </span>
      <span className={rule.active ? 'state state-ok right' : 'state right'}>{stateOf(rule)}</span>
    </li>
  );
}
