import type { OrganisationRow, PracticeContent, PracticeField, ThemeView } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { organisationsQuery } from '../../app/organisations';
import { themesQuery } from '../../app/queries';
import { type I18n, type Lang, useI18n } from '../../i18n';
import { textOf } from '../../ui/content-text';

export const MARKERS = { 0: 'markerNone', 1: 'markerReal', 2: 'markerMain' } as const;

interface Names {
  themes: readonly ThemeView[];
  cities: readonly Pick<OrganisationRow, 'slug' | 'name'>[];
}

/** What a reader sees of a field: the names of what is stored as a code, a number with what it counts. */
export function contentWords(field: PracticeField, content: PracticeContent, { t, lang }: { t: I18n['t']; lang: Lang }, { themes, cities }: Names): string {
  const nameOf = (id: string, among: readonly { id: string; fr: string; en: string }[]) => among.find((one) => one.id === id)?.[lang] ?? id;
  const markerOf = (marker: 0 | 1 | 2 | null) => marker !== null && t(`editor.part.${MARKERS[marker]}`);
  const worded: Partial<Record<PracticeField, () => unknown>> = {
    theme: () => content.theme && nameOf(content.theme, themes),
    concepts: () => content.concepts.map((id) => nameOf(id, themes.flatMap(({ concepts }) => concepts))),
    language: () => t(`practices.language.${content.language}`),
    status: () => content.status && t(`editor.status.${content.status}`),
    costRange: () => content.costRange && t(`practices.cost.${content.costRange}`),
    costPublic: () => content.costPublic && t('editor.part.costPublic'),
    partners: () => content.partners.map((row) => ({ ...row, support: row.support.map((kind) => t(`entry.support.${kind}`)).join(', ') })),
    beneficiaries: () => {
      const { count, estimated, text, women, youth } = content.beneficiaries;
      return [count !== null && t('entry.people', { count }), estimated && t('entry.estimated'), text, women !== null && t('entry.women', { count: women }), youth !== null && t('entry.youth', { count: youth })];
    },
    evidence: () => content.evidence.map(({ kind, label, url }) => ({ kind: t(`entry.evidenceKind.${kind}`), label, url })),
    transferability: () => ({ level: content.transferability.level && t(`entry.level.${content.transferability.level}`), text: content.transferability.text }),
    gender: () => ({ marker: markerOf(content.gender.marker), note: content.gender.note }),
    climateMarker: () => markerOf(content.climateMarker),
    locationHidden: () => content.locationHidden && t('editor.part.hideLocation'),
    photos: () => content.photos.map(({ alt, credit, consent }) => ({ alt, credit, consent: consent && t('editor.part.consent') })),
    documents: () => content.documents.map(({ title, access, pages }) => ({ title, access: t(`editor.part.accessKind.${access}`), pages: pages !== undefined && t('entry.pages', { count: pages }) })),
    availableFor: () => content.availableFor.map((kind) => t(`entry.available.${kind}`)),
    coHolders: () => content.coHolders.map((slug) => cities.find((city) => city.slug === slug)?.name ?? slug),
    translation: () => content.translation && { ...content.translation, language: t(`practices.language.${content.translation.language}`) },
  };
  return textOf((worded[field] ?? (() => content[field]))());
}

/** contentWords() with the names of the network. */
export function useContentWords(): (field: PracticeField, content: PracticeContent) => string {
  const i18n = useI18n();
  const themes = useQuery(themesQuery).data?.items ?? [];
  const cities = useQuery(organisationsQuery).data ?? [];
  return (field, content) => contentWords(field, content, i18n, { themes, cities });
}
