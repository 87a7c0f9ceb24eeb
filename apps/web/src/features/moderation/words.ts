import type { CaseRow, DecisionView, ModerationRule } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { type TextKey, useI18n } from '../../i18n';

const REASONS = ['off-topic', 'disrespect', 'personal-data', 'false', 'advertising', 'impersonation', 'other'];

/** What cases and decisions say, in the language of the reader. */
export function useModerationWords() {
  const { t, lang } = useI18n();
  const aboutOf = (target: CaseRow['target']) => t(`moderation.about.${target.kind}`, { title: frenchTypography(target.title) });
  return {
    titleOf: ({ kind, target }: Pick<CaseRow, 'kind' | 'target'>) => (kind === 'appeal' ? t('moderation.appealAbout', { what: aboutOf(target) }) : aboutOf(target)),
    aboutOf,
    reasonOf: (reason: string) => (REASONS.includes(reason) ? t(`moderation.reasons.${reason}` as TextKey) : reason),
    ruleOf: (rule: ModerationRule) => (lang === 'fr' ? frenchTypography(rule.fr) : rule.en),
    durationOf: (duration: DecisionView['duration']) => (duration === null ? '' : duration === 'definitive' ? t('moderation.definitive') : t('moderation.days', { count: duration })),
  };
}
