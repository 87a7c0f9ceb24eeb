import type { SearchResult } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useI18n } from '../../i18n';
import { type Criterion, isFacet } from './criteria';

/** A label of the server as this language sets it. */
export function useLabel() {
  const { lang } = useI18n();
  return (label: string) => (lang === 'fr' ? frenchTypography(label) : label);
}

/** A criterion as people read it: its field, and the value by its name where it stands for one alone. */
export function useCriterionText(known: Pick<SearchResult, 'facets'> | undefined) {
  const { t } = useI18n();
  const label = useLabel();
  return ({ field, value, values: [only, ...others] }: Criterion): string => {
    const named = isFacet(field) && others.length === 0 ? known?.facets[field].find((one) => one.value === only) : undefined;
    return t('search.criterion', { field: t(`search.field.${field}`), value: label(named?.label ?? value) });
  };
}
