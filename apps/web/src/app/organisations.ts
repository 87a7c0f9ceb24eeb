import type { OrganisationRow, Page } from '@passerelle/contract';
import { queryOptions } from '@tanstack/react-query';
import { api, withQuery } from './api';

/** All organisations: a few hundred rows, fetched once and kept; maps and lists choose from them. */
export const organisationsQuery = queryOptions({
  queryKey: ['organisations'],
  staleTime: 60 * 60_000,
  queryFn: async () => {
    const rows: OrganisationRow[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<OrganisationRow> = await api.get(withQuery('/api/organisations', { limit: 100, cursor }));
      rows.push(...page.items);
      cursor = page.nextCursor;
    }
    return rows;
  },
});
