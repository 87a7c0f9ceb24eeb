import type { CaseRow, CaseTarget, DecisionView, Measure, ModerationRule } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { type TextKey, useI18n } from '../../i18n';

const REASONS = ['off-topic', 'disrespect', 'personal-data', 'false', 'advertising', 'impersonation', 'other'];

/** The same measure is called by what it does to each kind of thing. */
const CALLED: Partial<Record<CaseTarget, Partial<Record<Measure, TextKey>>>> = {
  thread: { edit: 'moderation.measuresOf.title' },
  practice: { remove: 'moderation.measuresOf.withdraw' },
  profile: { edit: 'moderation.measuresOf.function' },
};

/** What cases and decisions say, in the language of the reader. */
export function useModerationWords() {
  const { t, lang } = useI18n();
  const aboutOf = (target: CaseRow['target']) => 
    // Where the reader reads no more, the thing has no title for them.
    target.title ? t(`moderation.about.${target.kind}`, { title: frenchTypography(target.title) }) : t(`moderation.aboutUntitled.${target.kind}`);
  return {
    titleOf: ({ kind, target }: Pick<CaseRow, 'kind' | 'target'>) => (kind === 'appeal' ? t('moderation.appealAbout', { what: aboutOf(target) }) : aboutOf(target)),
    aboutOf,
    measureOf: (measure: Measure, kind: CaseTarget) => t(CALLED[kind]?.[measure] ?? `moderation.measures.${measure}`),
    hintOf: (measure: Measure, kind: CaseTarget) => t(kind === 'practice' && measure === 'remove' ? 'moderation.measuresOf.withdrawHint' : kind === 'profile' && measure === 'edit' ? 'moderation.measuresOf.functionHint' : `moderation.measureHints.${measure}`),
    reasonOf: (reason: string) => (REASONS.includes(reason) ? t(`moderation.reasons.${reason}` as TextKey) : reason),
    ruleOf: (rule: ModerationRule) => (lang === 'fr' ? frenchTypography(rule.fr) : rule.en),
    durationOf: (duration: DecisionView['duration']) => (duration === null ? '' : duration === 'definitive' ? t('moderation.definitive') : t('moderation.days', { count: duration })),
  };
}
