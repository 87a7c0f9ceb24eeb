import { useI18n } from '../i18n';
import { Icon, Note } from '../ui';
import type { OtherDraft } from './draft-text';

/** Two versions of one text: the writer chooses, nothing is overwritten. */
export function DraftConflict({ conflict, onSettle }: { conflict: OtherDraft; onSettle: (choice: 'mine' | 'other' | 'both') => void }) {
  const { t, formatDateTime } = useI18n();
  return (
    <Note kind="attention" icon="edit" role="alert">
      <p>{t('forum.conflict.text', { when: formatDateTime(conflict.updatedAt) })}</p>
      <blockquote className="meta pre quoted mt-2">
        {conflict.title && (
          <b>
            {conflict.title}
            {'\n'}
          </b>
        )}
        {conflict.body}
      </blockquote>
      <div className="row mt-2">
        {(['mine', 'other', 'both'] as const).map((choice) => (
          <button key={choice} type="button" className="btn" onClick={() => onSettle(choice)}>
            {t(`forum.conflict.${choice}`)}
          </button>
        ))}
      </div>
    </Note>
  );
}

export function DraftState({ saved }: { saved: 'none' | 'device' | 'server' }) {
  const { t } = useI18n();
  return (
    <span className="state" role="status">
      {saved !== 'none' && (
        <>
          <Icon name="check" small />
          {saved === 'server' ? t('forum.compose.saved') : t('forum.compose.savedHere')}
        </>
      )}
    </span>
  );
}
