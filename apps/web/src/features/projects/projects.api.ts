import type {
  IntroductionMessagesPage, IntroductionsPage, NeedsPage, NeedView, OffersPage, OfferView, ProjectContent, ProjectsBoard, ProjectsPage, ProjectUpdatesPage, ProjectView, SuggestionView,
} from '@passerelle/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';

export type Filters = Record<string, string[]>;
const LIMIT = 20;

const pages = <T extends { nextCursor: string | null }>(key: string, path: string, filters: Filters, more: Record<string, string> = {}) =>
  infiniteQueryOptions({
    queryKey: [key, 'list', filters, more],
    queryFn: ({ pageParam }) => api.get<T>(withQuery(path, { ...filters, ...more, limit: LIMIT, cursor: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });

export const projectsQuery = (filters: Filters, sort: string) => pages<ProjectsPage>('projects', '/api/projects', filters, { sort });
export const boardQuery = (filters: Filters) =>
  queryOptions({ queryKey: ['projects', 'board', filters], queryFn: () => api.get<ProjectsBoard>(withQuery('/api/projects/board', filters)), placeholderData: (previous) => previous });
export const projectQuery = (ref: string) => queryOptions({ queryKey: ['project', ref], queryFn: () => api.get<ProjectView>(`/api/projects/${encodeURIComponent(ref)}`) });
/** Lines of the journal after those that come with the project. */
export const olderUpdatesQuery = (ref: string, cursor: string | null) =>
  infiniteQueryOptions({
    queryKey: ['project', ref, 'updates', cursor],
    queryFn: ({ pageParam }) => api.get<ProjectUpdatesPage>(withQuery(`/api/projects/${encodeURIComponent(ref)}/updates`, { cursor: pageParam })),
    initialPageParam: cursor ?? '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
/** Projects that a city leads or has joined: to link a need to. */
export const cityProjectsQuery = (slug: string) =>
  queryOptions({ queryKey: ['projects', 'city', slug], queryFn: () => api.get<ProjectsPage>(withQuery('/api/projects', { organisation: slug, limit: 50 })) });

export const needsQuery = (filters: Filters) => pages<NeedsPage>('needs', '/api/needs', filters);
export const needQuery = (id: string) => queryOptions({ queryKey: ['need', id], queryFn: () => api.get<NeedView>(`/api/needs/${id}`) });
export const suggestionsQuery = (id: string) => queryOptions({ queryKey: ['need', id, 'suggestions'], queryFn: () => api.get<{ items: SuggestionView[] }>(`/api/needs/${id}/suggestions`) });
export const offersQuery = (filters: Filters) => pages<OffersPage>('offers', '/api/offers', filters);
export const offerQuery = (id: string) => queryOptions({ queryKey: ['offer', id], queryFn: () => api.get<OfferView>(`/api/offers/${id}`) });
export const introductionsQuery = (open: boolean) => pages<IntroductionsPage>('introductions', '/api/introductions', {}, { ...(open && { open: 'true' }) });

/** What the two sides wrote before the messages that come with the introduction. */
export const earlierMessagesQuery = (id: string, cursor: string | null) =>
  infiniteQueryOptions({
    queryKey: ['introductions', id, 'messages', cursor],
    queryFn: ({ pageParam }) => api.get<IntroductionMessagesPage>(withQuery(`/api/introductions/${id}/messages`, { cursor: pageParam })),
    initialPageParam: cursor ?? '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export type Sought = ProjectContent['sought'][number]['kind'];
// The values alone: the schemas of the contract stay on the server.
export const SOUGHT: Sought[] = ['expertise', 'partner', 'visit', 'funding'];
export const FUNDING: ProjectContent['plan'][number]['kind'][] = ['city', 'state', 'network', 'donor', 'bank', 'private', 'other'];
export const SUPPORT: ProjectContent['partners'][number]['support'] = ['administrative', 'financial', 'political', 'technical'];
export const FORMS: NeedView['wanted'] = ['advice', 'document', 'visit', 'mission', 'training', 'partner', 'equipment'];
