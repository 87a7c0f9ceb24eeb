import { useQuery } from '@tanstack/react-query';
import { themesQuery } from '../app/queries';
import { useI18n } from '../i18n';

/** Themes and concepts by their names in the reader's language. */
export function useThesaurus() {
  const { lang } = useI18n();
  const themes = useQuery(themesQuery).data?.items ?? [];
  const concepts = new Map(themes.flatMap((theme) => theme.concepts.map((concept) => [concept.id, concept[lang]] as const)));
  return {
    themes: themes.map((theme) => ({ value: theme.id, label: theme[lang] })),
    themeName: (id: string | null) => themes.find((theme) => theme.id === id)?.[lang] ?? '',
    themeOf: (concept: string | null) => themes.find((theme) => theme.concepts.some((one) => one.id === concept))?.id ?? null,
    conceptsOf: (theme: string | null) => (themes.find((one) => one.id === theme)?.concepts ?? []).map((concept) => ({ value: concept.id, label: concept[lang] })),
    conceptName: (id: string) => concepts.get(id) ?? '',
  };
}
