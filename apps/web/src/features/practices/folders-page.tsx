import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, Loaded } from '../../ui';
import { folderQuery, foldersQuery } from './folders.api';
import { PracticeCard } from './practice-card';

/** My folders, or one of them with its practices. */
export default function FoldersPage({ id }: { id?: string }) {
  const { t } = useI18n();
  usePage(t('folders.title'), {
    back: id ? { href: '/pratiques/dossiers', label: t('folders.title') } : { href: '/pratiques', label: t('practices.title') },
  });
  return <div>{id ? <Folder id={id} /> : <Folders />}</div>;
}

function Folders() {
  const { t } = useI18n();
  const folders = useQuery(foldersQuery);
  return (
    <>
      <h1>{t('folders.title')}</h1>
      <p className="soft mt-2">{t('folders.lead')}</p>
      <Loaded query={folders}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('folders.empty')} text={t('folders.emptyText')} />
          ) : (
            <ul className="list mt-3">
              {items.map((folder) => (
                <li key={folder.id}>
                  <Link href={`/pratiques/dossiers/${folder.id}`}>{folder.name}</Link>
                  <span className="num meta">{t('folders.count', { count: folder.refs.length })}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

function Folder({ id }: { id: string }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const folder = useQuery(folderQuery(id));
  const changed = () => cache.invalidateQueries({ queryKey: foldersQuery.queryKey });
  const take = useMutation({ mutationFn: (ref: string) => api.delete(`/api/practice-folders/${id}/practices/${ref}`), onSuccess: changed });
  const remove = useMutation({
    mutationFn: () => api.delete(`/api/practice-folders/${id}`),
    onSuccess: () => (
      navigate('/pratiques/dossiers', { replace: true }),
      cache.invalidateQueries({ queryKey: foldersQuery.queryKey, exact: true })
    ),
  });
  return (
    <Loaded query={folder}>
      {(view) => (
        <>
          <h1>{view.name}</h1>
          {view.practices.length === 0 && <p className="soft mt-2">{t('folders.emptyFolder')}</p>}
          <ul className="cards mt-3">
            {view.practices.map((practice) => (
              <li key={practice.id}>
                <PracticeCard practice={practice} />
                <button type="button" className="btn btn-q" disabled={take.isPending} onClick={() => take.mutate(practice.ref)}>
                  {t('folders.takeOut')}
                </button>
              </li>
            ))}
          </ul>
          <p className="mt-4">
            <button type="button" className="btn btn-x" disabled={remove.isPending} onClick={() => remove.mutate()}>
              {t('folders.remove')}
            </button>
          </p>
        </>
      )}
    </Loaded>
  );
}
