import type { PracticeFolderPage, PracticeFolderView } from '@passerelle/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api';

export const foldersQuery = queryOptions({ queryKey: ['folders'], queryFn: () => api.get<{ items: PracticeFolderView[] }>('/api/practice-folders') });
export const folderQuery = (id: string) => queryOptions({ queryKey: ['folders', id], queryFn: () => api.get<PracticeFolderPage>(`/api/practice-folders/${id}`) });
