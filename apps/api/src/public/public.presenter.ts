import { type CostRange, isAddress, type Language, PracticeContent } from '@passerelle/contract';

export interface PracticeColumns {
  id: string; ref: string; title: string; summary: string; language: Language; theme_id: string | null; theme_fr: string | null; theme_en: string | null;
  city_name: string | null; city_slug: string | null; country: string; country_name: string; year_start: number | null; year_end: number | null; cost_range: CostRange | null;
  taken_up_count: number; validated: boolean; agreed: boolean; label: string; published_at: string; updated_at: string;
}
export interface EntryRow extends PracticeColumns {
  content: unknown; source_url: string | null; other_sources: string[]; confirmed_on: string | null; latitude: number | null; longitude: number | null;
}
export interface PublicFile {
  id: string; name: string; type: string; bytes: number; width: number | null; height: number | null; storage_key: string; thumbnail_key: string | null;
}

/** A practice in a list, as visitors see it. */
export interface PublicPractice {
  id: string; ref: string; title: string; summary: string; language: Language; theme: { id: string; fr: string; en: string } | null;
  /** Null when the city has hidden the place. */
  city: { name: string; slug: string | null } | null;
  country: { code: string; name: string };
  yearStart: number | null; yearEnd: number | null; costRange: CostRange; takenUpCount: number; validated: boolean;
  /** A named official of the city has agreed to this page; otherwise it comes from a public source, which `label` says. */
  agreed: boolean; label: string; publishedAt: string; updatedAt: string;
}

/** The page of a practice: what section 6 of the domain report calls public, and nothing else of the entry. */
export interface PublicEntry extends PublicPractice {
  results: { indicator: string; before: string; after: string; date: string; source: string }[];
  cost: PracticeContent['cost'];
  costNote: string;
  photos: { file: PublicFile; alt: string; credit: string }[];
  documents: { file: PublicFile; title: string; pages: number | null }[];
  /** The function that answers, never an address. */
  contact: string;
  awarded: boolean; confirmedOn: string | null; sources: string[];
  translation: { language: Language; title: string; summary: string; translator: string } | null;
  latitude: number | null; longitude: number | null;
}

export const presentPublicPractice = (row: PracticeColumns): PublicPractice => ({
  id: row.id, ref: row.ref, title: row.title, summary: row.summary, language: row.language, theme: row.theme_id === null ? null : { id: row.theme_id, fr: row.theme_fr ?? row.theme_id, en: row.theme_en ?? row.theme_id },
  city: row.city_name === null ? null : { name: row.city_name, slug: row.city_slug }, country: { code: row.country, name: row.country_name },
  yearStart: row.year_start, yearEnd: row.year_end, costRange: row.cost_range ?? 'unknown', takenUpCount: row.taken_up_count, validated: row.validated,
  agreed: row.agreed, label: row.label, publishedAt: row.published_at, updatedAt: row.updated_at,
});

const publicPhotos = (content: PracticeContent) => content.photos.filter((photo) => photo.consent);
const publicDocuments = (content: PracticeContent) => content.documents.filter((document) => document.access === 'public');

/** Pictures that their people agreed to, documents marked as public. */
export function publicFileIds(row: Pick<EntryRow, 'content'>): string[] {
  const content = PracticeContent.parse(row.content);
  return [...publicPhotos(content), ...publicDocuments(content)].map((one) => one.attachment);
}

/**
 * Names each field that goes out, so that a field added to the entry later stays inside until somebody names it here.
 * @param files those of publicFileIds() that are stored.
 */
export function presentEntry(row: EntryRow, files: PublicFile[]): PublicEntry {
  const content = PracticeContent.parse(row.content);
  const stored = new Map(files.map((file) => [file.id, file]));
  const withFile = <T extends { attachment: string }, R>(one: T, make: (file: PublicFile) => R): R[] => {
    const file = stored.get(one.attachment);
    return file ? [make(file)] : [];
  };
  const { translation } = content;
  return {
    ...presentPublicPractice(row),
    results: content.results.map(({ indicator, before, after, unit, date, source }) => ({ indicator, before: measured(before, unit), after: measured(after, unit), date: date ?? '', source })),
    cost: content.costPublic ? content.cost : null, costNote: content.costPublic ? content.costNote : '',
    photos: publicPhotos(content).flatMap((photo) => withFile(photo, (file) => ({ file, alt: photo.alt, credit: photo.credit }))),
    documents: publicDocuments(content).flatMap((document) => withFile(document, (file) => ({ file, title: document.title || file.name, pages: document.pages ?? null }))),
    contact: isAddress(content.contact) ? '' : content.contact, awarded: content.awards.length > 0, confirmedOn: row.confirmed_on,
    sources: [row.source_url, ...row.other_sources].filter((address): address is string => /^https?:\/\//.test(address ?? '')),
    translation: translation?.summary ? { language: translation.language, title: translation.title, summary: translation.summary, translator: translation.translator } : null,
    latitude: row.latitude, longitude: row.longitude,
  };
}

const measured = (value: string, unit: string) => (value && unit ? `${value} ${unit}` : value);
