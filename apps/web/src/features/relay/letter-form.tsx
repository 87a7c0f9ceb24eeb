import { LETTER_MAX } from '@passerelle/contract';
import { useId, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { useI18n } from '../../i18n';
import { outbox } from '../../outbox';
import { DraftConflict, DraftState } from '../../outbox/draft-notes';
import { EMPTY_DRAFT } from '../../outbox/draft-text';
import { useDraft } from '../../outbox/use-draft';
import { Icon } from '../../ui';
import './relay.css';

const COUNTED_FROM = 500;

interface Sending {
  draftKey: string;
  /** Where the letter with this id goes; its text is added. */
  addressed: (id: string) => { lane: string; path: string; body?: Record<string, unknown> };
  onSent?: (id: string) => void;
}

/** The text of a letter on its way from the draft to the outbox. */
function useLetter({ draftKey, addressed, onSent }: Sending) {
  const { t } = useI18n();
  const draft = useDraft(draftKey, EMPTY_DRAFT);
  const [problem, setProblem] = useState<string>();
  // While a letter is being stored nothing is typed: it would be cleared away with it.
  const [storing, setStoring] = useState(false);
  const { body: text } = draft.text;
  const send = async () => {
    if (text.trim() === '') return setProblem(t('forum.compose.empty'));
    if (text.length > LETTER_MAX || storing) return;
    setStoring(true);
    const id = uuid();
    const { lane, path, body } = addressed(id);
    try {
      await outbox.add({ id, lane, kind: 'letter', method: 'POST', path, body: { ...body, id, body: text } });
      await draft.finish(EMPTY_DRAFT);
      onSent?.(id);
    } catch {
      setProblem(t('forum.compose.notKept'));
    } finally {
      setStoring(false);
    }
  };
  const write = (body: string) => {
    setProblem(undefined);
    draft.change({ body });
  };
  return { draft, text, problem, storing, write, send };
}

/** Writes a letter: safe on the device at once, sent through the outbox. `docked` is the short form under a conversation. */
export function LetterForm({ docked = false, ...sending }: Sending & { docked?: boolean }) {
  const { t } = useI18n();
  const { draft, text, problem, storing, write, send } = useLetter(sending);
  const id = useId();
  const left = LETTER_MAX - text.length;
  return (
    <>
      {draft.conflict && <DraftConflict conflict={draft.conflict} onSettle={draft.settle} />}
      <form className="letter" onSubmit={(event) => (event.preventDefault(), void send())}>
        <div className="min0">
          <label className={docked ? 'vh' : undefined} htmlFor={id}>
            {t('relay.label')}
          </label>
          {!docked && (
            <p className="hint" id={`${id}h`}>
              {t('relay.hint')}
            </p>
          )}
          <textarea
            className="in"
            id={id}
            rows={docked ? 1 : 8}
            value={text}
            readOnly={storing}
            placeholder={docked ? t('relay.label') : undefined}
            aria-describedby={docked ? undefined : `${id}h`}
            aria-invalid={problem !== undefined || left < 0}
            onChange={(event) => write(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              void send();
            }}
          />
        </div>
        <button type="submit" className={docked ? 'btn btn-p btn-i' : 'btn btn-p'} aria-label={t('forum.compose.send')}>
          <Icon name="send" />
          {!docked && t('forum.compose.send')}
        </button>
        <div className="under">
          <Bounds left={left} problem={problem} />
          {text !== '' && <DraftState saved={draft.saved} />}
        </div>
      </form>
    </>
  );
}

/** The counter near the bound, and what keeps the letter from leaving. */
function Bounds({ left, problem }: { left: number; problem: string | undefined }) {
  const { t } = useI18n();
  return (
    <>
      {left < COUNTED_FROM && (
        <p className={left < 0 ? 'err' : 'meta'}>{left < 0 ? t('forum.compose.over', { count: -left }) : t('forum.compose.left', { count: left })}</p>
      )}
      {problem && (
        <p className="err" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
