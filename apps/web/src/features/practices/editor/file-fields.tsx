import type { PracticeContent } from '@passerelle/contract';
import { useI18n } from '../../../i18n';
import { AddFile } from '../../../ui/add-file';
import { Check, Choice, Line, NumberLine, Rows } from '../../../ui/fields';
import type { Write } from './short-form';

const PHOTOS_MAX = 12;
const DOCUMENTS_MAX = 20;

/** Pictures with their description, credit and consent; documents with who may read them. */
export function FileFields({
  content,
  write,
  problem,
}: {
  content: PracticeContent;
  write: Write;
  problem: (path: string) => string | undefined;
}) {
  const { t } = useI18n();
  return (
    <>
      {problem('photos') && <p className="hint">{problem('photos')}</p>}
      {content.photos.map((photo, index) => {
        const change = (part: Partial<typeof photo>) =>
          write({ photos: content.photos.map((other, place) => (place === index ? { ...other, ...part } : other)) });
        return (
          <fieldset key={photo.attachment} className="rowset">
            <legend>{t('editor.row', { name: t('editor.part.photo'), n: index + 1 })}</legend>
            <img className="thumb" src={`/api/attachments/${photo.attachment}?size=thumbnail`} alt={photo.alt} />
            <Line
              label={t('editor.part.alt')}
              hint={t('editor.hint.alt')}
              problem={problem(`photos.${index}.alt`)}
              value={photo.alt}
              onChange={(alt) => change({ alt })}
            />
            <Line label={t('editor.part.credit')} value={photo.credit} onChange={(credit) => change({ credit })} />
            <Check label={t('editor.part.consent')} value={photo.consent} onChange={(consent) => change({ consent })} />
            {problem(`photos.${index}.consent`) && <p className="hint">{problem(`photos.${index}.consent`)}</p>}
            <button
              type="button"
              className="btn btn-q mt-2"
              onClick={() => write({ photos: content.photos.filter((_, place) => place !== index) })}
            >
              {t('editor.remove')}
            </button>
          </fieldset>
        );
      })}
      <AddFile
        label={t('editor.part.addPhoto')}
        accept="image/*"
        max={PHOTOS_MAX - content.photos.length}
        onDone={({ id }) => write({ photos: [...content.photos, { attachment: id, alt: '', credit: '', consent: false }] })}
      />
      <Rows
        name={t('editor.part.document')}
        rows={content.documents}
        max={0}
        empty={() => ({ attachment: '', title: '', access: 'members' as const })}
        onChange={(documents) => write({ documents })}
      >
        {(row, set) => (
          <>
            <Line label={t('editor.part.label')} value={row.title} onChange={(title) => set({ title })} />
            <Choice
              label={t('editor.part.access')}
              value={row.access}
              options={(['members', 'public'] as const).map((value) => ({ value, label: t(`editor.part.accessKind.${value}`) }))}
              onChange={(access) => access && set({ access })}
            />
            <NumberLine label={t('editor.part.pages')} value={row.pages} onChange={(pages) => set({ pages: pages ?? undefined })} />
          </>
        )}
      </Rows>
      <AddFile
        label={t('editor.part.addDocument')}
        max={DOCUMENTS_MAX - content.documents.length}
        onDone={({ id, name }) => write({ documents: [...content.documents, { attachment: id, title: name, access: 'members' }] })}
      />
    </>
  );
}
