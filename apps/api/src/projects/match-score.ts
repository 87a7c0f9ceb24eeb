import type { HELP_FORMS, MatchReason } from '@passerelle/contract';

type Form = (typeof HELP_FORMS)[number];
interface Place {
  population: number | null;
  latitude: number | null;
  longitude: number | null;
  languages: string[];
}
/** What is known of a city that could help. */
export interface Candidate extends Place {
  offer: { id: string; title: string; forms: Form[] } | null;
  practice: { ref: string; title: string; validated: boolean; availableFor: string[] } | null;
  /** Partners that both cities work with. */
  sharedPartners: string[];
}
export interface Wanted extends Place {
  concept: string | null;
  wanted: Form[];
}

/**
 * Points of each reason; together 100. Of "same language and law family" (10) only the language is known: the family of law
 * has no data yet and counts 0, so five points cannot be reached. Of "same region or climate" the distance is known; the
 * climate has no data yet. The time is that of the meridian, the civil time of cities has no data yet. Availability is what
 * offer and practice allow; calendars have no data yet.
 */
const POINTS = { 'same-concept': 40, 'validated-practice': 20, 'similar-size': 10, 'same-language': 5, near: 5, 'same-time': 5, 'shared-partner': 5, available: 5 } as const;
const SIZE_RATIO = 2;
const NEAR_KM = 1_500;
const DEGREES_AN_HOUR = 15;
const EARTH_KM = 6_371;
/** What a practice is open for, as a kind of help. */
const FORM_OF: Record<string, Form> = { call: 'advice', visit: 'visit', host: 'visit', mission: 'mission', documents: 'document' };

/** Why the candidate fits the need, most points first; the sum is the score. A person decides what to do with it. */
export function scoreMatch(need: Wanted, candidate: Candidate): { score: number; reasons: MatchReason[] } {
  const reasons: MatchReason[] = [];
  const add = (code: keyof typeof POINTS, params: Record<string, string>) => reasons.push({ code, points: POINTS[code], params });
  const { offer, practice } = candidate;
  if (need.concept && (offer || practice)) add('same-concept', { concept: need.concept, by: offer ? 'offer' : 'practice', title: offer?.title ?? practice?.title ?? '' });
  if (practice?.validated) add('validated-practice', { ref: practice.ref, title: practice.title });
  if (need.population && candidate.population && Math.max(need.population / candidate.population, candidate.population / need.population) <= SIZE_RATIO)
    add('similar-size', { own: String(need.population), other: String(candidate.population) });
  const language = need.languages.find((one) => candidate.languages.includes(one));
  if (language) add('same-language', { language });
  const km = distance(need, candidate);
  if (km !== null && km <= NEAR_KM) add('near', { km: String(Math.round(km / 10) * 10) });
  if (need.longitude !== null && candidate.longitude !== null && turn(need.longitude - candidate.longitude) <= DEGREES_AN_HOUR)
    add('same-time', { minutes: String(Math.round((turn(need.longitude - candidate.longitude) / DEGREES_AN_HOUR) * 60)) });
  const [partner] = candidate.sharedPartners;
  if (partner) add('shared-partner', { partner });
  const forms = new Set([...(offer?.forms ?? []), ...(practice?.availableFor ?? []).flatMap((kind) => FORM_OF[kind] ?? [])]);
  const form = need.wanted.find((one) => forms.has(one));
  if (form) add('available', { form });
  return { score: reasons.reduce((sum, reason) => sum + reason.points, 0), reasons };
}

/** Degrees between two meridians, the short way round. */
const turn = (degrees: number) => Math.min(Math.abs(degrees), 360 - Math.abs(degrees));

function distance(a: Place, b: Place): number | null {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) return null;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const h = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
