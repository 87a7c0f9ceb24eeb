import type { PracticeFolderView, PracticeView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Sheet } from '../../ui';
import { Check, Line } from '../../ui/fields';
import { foldersQuery } from './folders.api';

/** In which of my folders this practice lies; a new one is made here too. */
export function KeepInFolder({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn btn-q" onClick={() => setOpen(true)}>
        {t('folders.keep')}
      </button>
      {open && <Folders practice={practice} onClose={() => setOpen(false)} />}
    </>
  );
}

function Folders({ practice, onClose }: { practice: PracticeView; onClose: () => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const folders = useQuery(foldersQuery);
  const [name, setName] = useState('');
  const onSuccess = () => cache.invalidateQueries({ queryKey: foldersQuery.queryKey });
  const place = useMutation({
    mutationFn: ({ id, inside }: { id: string; inside: boolean }) => {
      const path = `/api/practice-folders/${id}/practices/${practice.ref}`;
      return inside ? api.put<PracticeFolderView>(path) : api.delete<PracticeFolderView>(path);
    },
    onSuccess,
  });
  const add = useMutation({
    mutationFn: async () => {
      const folder = await api.put<PracticeFolderView>('/api/practice-folders', { id: uuid(), name });
      return api.put<PracticeFolderView>(`/api/practice-folders/${folder.id}/practices/${practice.ref}`);
    },
    onSuccess: () => (setName(''), onSuccess()),
  });
  const error = folders.error ?? place.error ?? add.error;
  return (
    <Sheet title={t('folders.keepIn')} onClose={onClose}>
      {folders.data?.items.map((folder) => (
        <Check
          key={folder.id}
          label={folder.name}
          value={folder.refs.includes(practice.ref)}
          onChange={(inside) => place.mutate({ id: folder.id, inside })}
        />
      ))}
      <form
        className="mt-3"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Line label={t('folders.name')} value={name} onChange={setName} />
        <button type="submit" className="btn mt-2" disabled={name.trim() === '' || add.isPending}>
          {t('folders.add')}
        </button>
      </form>
      {error && <ErrorNote error={error} />}
    </Sheet>
  );
}
