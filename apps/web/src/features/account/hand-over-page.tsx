import type { HandOverLine, HandOverView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useId, useState } from 'react';
import { Link } from 'wouter';
import { api, ApiProblem } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { announce, Empty, ErrorNote, Icon, Loaded, Note } from '../../ui';
import { handOversQuery } from '../../ui/hand-overs';

const PARTS = ['drafts', 'projects', 'follows', 'questions'] as const;

/** What passes from whoever leaves an office to whoever follows, for both. */
export default function HandOverPage() {
  const { t } = useI18n();
  const handOvers = useQuery(handOversQuery);
  usePage(t('handOver.title'), { back: { href: '/moi', label: t('shell.me') } });
  return (
    <div>
      <h1>{t('handOver.title')}</h1>
      <Loaded query={handOvers}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('handOver.none')} text={t('handOver.noneText')} />
          ) : (
            items.map((one) => <HandOver key={one.id} handOver={one} />)
          )
        }
      </Loaded>
    </div>
  );
}

function HandOver({ handOver }: { handOver: HandOverView }) {
  const { t, formatDay } = useI18n();
  const { side, from, to, organisation, last, takenAt, note } = handOver;
  return (
    <section className="sec">
      <h2>{t(`handOver.${side}`, { from, city: organisation })}</h2>
      <p className="meta mt-2">
        {[
          side === 'outgoing' && t('handOver.toThem', { to }),
          last && t('handOver.last', { day: formatDay(`${last}T12:00:00Z`) }),
          takenAt ? t('handOver.taken', { day: formatDay(takenAt) }) : t('handOver.untaken'),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      {side === 'outgoing' && !takenAt ? <NoteForm handOver={handOver} /> : <Word note={note} />}
      {PARTS.map((part) => (
        <Lines key={part} title={t(`handOver.${part}`)} lines={handOver[part]} />
      ))}
      {side === 'incoming' && !takenAt && <Take handOver={handOver} />}
    </section>
  );
}

function Word({ note }: { note: string }) {
  const { t } = useI18n();
  return (
    <>
      <h3 className="mt-4">{t('handOver.noteFrom')}</h3>
      {note ? (
        <blockquote className="soft pre mt-2">{frenchTypography(note)}</blockquote>
      ) : (
        <p className="soft mt-2">{t('handOver.noNote')}</p>
      )}
    </>
  );
}

/** Puts what the server has sent in the place of what was shown. */
function useShown() {
  const cache = useQueryClient();
  return (view: HandOverView) =>
    cache.setQueryData(handOversQuery.queryKey, (old) => old && { items: old.items.map((one) => (one.id === view.id ? view : one)) });
}

function NoteForm({ handOver }: { handOver: HandOverView }) {
  const { t } = useI18n();
  const id = useId();
  const show = useShown();
  const cache = useQueryClient();
  const [note, setNote] = useState(handOver.note);
  const save = useMutation({
    mutationFn: () => api.patch<HandOverView>(`/api/hand-overs/${handOver.id}`, { version: handOver.version, note }),
    onSuccess: (view) => {
      show(view);
      announce(t('common.saved'));
    },
    // Written elsewhere meanwhile: that text is shown, and this one stays in the field.
    onError: () => cache.invalidateQueries({ queryKey: handOversQuery.queryKey }),
  });
  const isStale = save.error instanceof ApiProblem && save.error.code === 'stale-version';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  return (
    <form className="field mt-4" onSubmit={submit}>
      <label htmlFor={id}>{t('handOver.note')}</label>
      <p className="hint" id={`${id}h`}>
        {t('handOver.noteHint')}
      </p>
      <textarea
        className="in"
        id={id}
        rows={6}
        maxLength={4_000}
        aria-describedby={`${id}h`}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <p className="row mt-3">
        <button type="submit" className="btn btn-p">
          {t('handOver.noteSave')}
        </button>
        {save.isSuccess && note === handOver.note && (
          <span className="state state-ok" role="status">
            <Icon name="check" small />
            {t('common.saved')}
          </span>
        )}
      </p>
      {isStale ? (
        <Note kind="attention" icon="alert" role="alert">
          {t('handOver.noteStale', { text: handOver.note })}
        </Note>
      ) : (
        save.isError && <ErrorNote error={save.error} />
      )}
    </form>
  );
}

function Lines({ title, lines }: { title: string; lines: HandOverLine[] }) {
  const { t, formatDay } = useI18n();
  return (
    <>
      <h3 className="mt-4">{title}</h3>
      {lines.length === 0 && <p className="soft mt-1">{t('handOver.nothing')}</p>}
      <ul className="list mt-1">
        {lines.map((line) => (
          <li key={line.url}>
            <div className="min0">
              <Link href={line.url}>{frenchTypography(line.title) || t('desk.untitled')}</Link>
              <span className="meta">{formatDay(line.at)}</span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Take({ handOver }: { handOver: HandOverView }) {
  const { t } = useI18n();
  const show = useShown();
  const cache = useQueryClient();
  const take = useMutation({
    mutationFn: () => api.post<HandOverView>(`/api/hand-overs/${handOver.id}/take`, { version: handOver.version }),
    onSuccess: (view) => {
      show(view);
      announce(t('handOver.taken', { day: t('common.today') }));
    },
    onError: () => cache.invalidateQueries({ queryKey: handOversQuery.queryKey }),
  });
  return (
    <>
      <p className="soft mt-4">{t('handOver.takeText')}</p>
      <p className="mt-3">
        <button type="button" className="btn btn-p" disabled={take.isPending} onClick={() => take.mutate()}>
          {t('handOver.take')}
        </button>
      </p>
      {take.isError && <ErrorNote error={take.error} />}
    </>
  );
}
