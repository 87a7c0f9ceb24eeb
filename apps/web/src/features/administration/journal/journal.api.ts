import type { AuditExportBody, AuditFilters, AuditPage, Problem } from '@passerelle/contract';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { ApiProblem, api, NetworkFailure, withQuery } from '../../../app/api';

export const journalQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam }) => api.get<AuditPage>(withQuery('/api/audit', { ...filters, cursor: pageParam })),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });

/** Fetches the journal as a file and hands it to the browser's own download. @throws ApiProblem, NetworkFailure */
export async function downloadJournal(body: AuditExportBody): Promise<void> {
  const response = await fetch('/api/audit-exports', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new NetworkFailure('no answer', { cause });
  });
  if (!response.ok) throw new ApiProblem(response.status, (await response.json().catch(() => ({}))) as Partial<Problem>, undefined);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? `journal.${body.format}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
