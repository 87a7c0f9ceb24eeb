import type { FacetValue } from '@passerelle/contract';
import { type TextKey, useI18n } from '../../i18n';
import type { FacetPanel, FacetState } from '../../ui/facets';
import { useThesaurus } from '../../ui/thesaurus';

type ProjectFacet = 'theme' | 'stage' | 'country' | 'sought' | 'form' | 'state';

/** The facets of projects, needs or offers in words; all open but the long list of countries. */
export function usePanel<F extends ProjectFacet>(state: FacetState<F>, facets: readonly F[], counts: Partial<Record<F, FacetValue[]>> | undefined): FacetPanel<F> {
  const { t, countryName } = useI18n();
  const { themeName } = useThesaurus();
  return {
    state, facets, counts,
    open: facets.filter((facet) => facet !== 'country'),
    title: (facet) => t(`projects.facet.${facet}`),
    label: (facet, value) => {
      if (facet === 'country') return countryName(value);
      if (facet === 'theme') return themeName(value) || value;
      return t(`${facet === 'form' || facet === 'state' ? 'needs' : 'projects'}.${facet}.${value}` as TextKey);
    },
  };
}
