import type { SpaceRef, WatchDefinition, WatchRuleView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useI18n } from '../../../i18n';

const SHOWN = 5;

/** What rules say, in the language of the reader. */
export function useRuleWords() {
  const { t, lang } = useI18n();
  const few = (words: string[]) => `${words.slice(0, SHOWN).join(', ')}${words.length > SHOWN ? '…' : ''}`;
  return {
    placeOf: (space: SpaceRef | null) => (space === null ? t('watch.everywhere') : lang === 'fr' ? frenchTypography(space.nameFr) : space.nameEn),
    summaryOf: (definition: WatchDefinition): string => {
      switch (definition.kind) {
        case 'words':
          return t('watch.summary.words', { count: definition.terms.length, words: few(definition.terms) });
        case 'links':
          return [t(`watch.summary.links.${definition.mode}`, { domains: few(definition.domains) }), definition.newcomers && t('watch.summary.newcomers')].filter(Boolean).join(' ');
        case 'rate':
          return t(`watch.summary.rate.${definition.mode}`, { count: definition.count, minutes: t('watch.minutes', { count: definition.minutes }) });
      }
    },
    stateOf: (rule: WatchRuleView) => t(rule.active ? 'watch.state.active' : rule.trial ? 'watch.state.tried' : 'watch.state.draft'),
  };
}
