import { practiceGaps, type PracticeView, SHORT_FORM } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Icon, Loaded, Note, Via } from '../../ui';
import { Conflict } from '../../ui/conflict';
import { NotYours } from '../../ui/gate';
import { readCopy } from '../../ui/practice-copy';
import { gapsOfSection, SECTIONS, type Section, SectionFields } from './editor/more-form';
import { answered, gapsOf, type Question, QuestionField, useAnswerText } from './editor/short-form';
import { type SaveState, useEntry } from './editor/use-entry';
import { useContentWords } from './content-words';
import { fieldLabel } from './field-label';
import { practiceQuery } from './practices.api';
import './editor/editor.css';

/** Parameter of the address that names a draft begun here. */
const STARTED = 'fiche';

/** Writes a practice: seven answers first, the rest by sections. */
export default function PracticeEditorPage({ reference: asked }: { reference?: string }) {
  const { t } = useI18n();
  const me = useMe();
  // Read once: the address gets the reference while somebody types, and the form must stay as it is.
  const [reference] = useState(() => asked ?? new URLSearchParams(location.search).get(STARTED) ?? undefined);
  const stored = useQuery({ ...practiceQuery(reference ?? ''), enabled: reference !== undefined, refetchOnMount: 'always' });
  usePage(t('editor.title'), { back: { href: reference ? `/pratiques/${reference}` : '/pratiques', label: t('practices.title') } });
  if (!reference) return <Editor stored={null} />;
  return (
    <Loaded query={stored}>
      {/* What was written before the entry closed still shows. */}
      {(view) => (view.standing?.canEdit || readCopy(me.account.id, view.ref) ? <Editor key={view.ref} stored={view} /> : <Closed practice={view} />)}
    </Loaded>
  );
}

function Closed({ practice }: { practice: PracticeView }) {
  return (
    <div>
      <h1 className="h-long">{frenchTypography(practice.title)}</h1>
      <NotYours address={`/pratiques/${practice.ref}`} />
    </div>
  );
}

function Editor({ stored }: { stored: PracticeView | null }) {
  const { t, lang } = useI18n();
  const words = useContentWords();
  const me = useMe();
  const [, navigate] = useLocation();
  const { content, reference, write, save, send, conflict, settle, recovered } = useEntry(me.account.id, stored, lang);
  const done = answered(content);
  const [open, setOpen] = useState<string | null>(SHORT_FORM.find((question) => !done.includes(question)) ?? null);
  const gaps = practiceGaps(content, 'validate');
  const left = SHORT_FORM.length - done.length;
  const answerText = useAnswerText(content);
  // The draft has its own address from its first save on: a reload or another device finds it there.
  useEffect(() => {
    if (!stored && reference) window.history.replaceState(null, '', `/pratiques/nouvelle?${STARTED}=${reference}`);
  }, [stored, reference]);
  const toggle = (name: string) => setOpen(open === name ? null : name);
  const finish = async () => {
    await send();
    if (reference) navigate(`/pratiques/${reference}`);
  };
  return (
    <>
      <div>
        <div className="prog" role="status">
          <Via built={done.length} total={SHORT_FORM.length} large />
          <span className="meta">
            <b>{t('editor.progress', { done: done.length, total: SHORT_FORM.length })}</b> <Saved save={save} />
          </span>
        </div>
        <h1 className="h-long">{t('editor.title')}</h1>
        <p className="soft mt-2">{t('editor.lead')}</p>
        {recovered && !save && <Note icon="doc">{t('editor.recovered')}</Note>}
        {conflict && <Conflict mine={content} theirs={conflict.content} label={(field) => fieldLabel(field, t)} words={words} onSettle={settle} />}
        <form onSubmit={(event) => event.preventDefault()} className="mt-4">
          {SHORT_FORM.map((question, index) => (
            <Step
              key={question}
              number={index + 1}
              title={t(`editor.field.${question}`)}
              answer={answerText(question)}
              done={done.includes(question)}
              open={open === question}
              onToggle={() => toggle(question)}
            >
              <QuestionField question={question} content={content} write={write} />
              <NextStep after={question} onOpen={setOpen} />
            </Step>
          ))}
          <h2 className="mt-4">{t('editor.more')}</h2>
          <p className="soft">{t('editor.moreText')}</p>
          {(Object.keys(SECTIONS) as Section[]).map((section, index) => {
            const missing = gapsOfSection(section, gaps).length;
            return (
              <Step
                key={section}
                number={SHORT_FORM.length + 1 + index}
                title={t(`editor.field.${section}`)}
                answer={missing > 0 ? t('editor.left', { count: missing }) : ''}
                done={missing === 0}
                open={open === section}
                onToggle={() => toggle(section)}
              >
                <SectionFields section={section} content={content} write={write} gaps={gaps} />
              </Step>
            );
          })}
          <div className="row mt-4">
            <button type="button" className={left === 0 ? 'btn btn-p' : 'btn'} disabled={!reference} onClick={() => void finish()}>
              {left === 0 ? t('editor.submit') : t('editor.back')}
            </button>
            <span className="meta">{left > 0 ? t('editor.left', { count: left }) : t('editor.complete')}</span>
          </div>
        </form>
      </div>
      <aside className="side" aria-label={t('editor.after')}>
        <section>
          <h2>{t('editor.after')}</h2>
          <ul className="dots mt-2">
            {(['one', 'two', 'three'] as const).map((point) => (
              <li key={point}>{t(`editor.afterPoints.${point}`)}</li>
            ))}
          </ul>
        </section>
        <Missing content={content} />
        {stored && stored.related.length > 0 && (
          <section>
            <h2>{t('editor.near')}</h2>
            <ul className="list mt-2">
              {stored.related.map((other) => (
                <li key={other.id}>
                  <div>
                    <Link href={`/pratiques/${other.ref}`}>{other.title}</Link>
                    <span className="meta">{other.city.name}</span>
                  </div>
                </li>
              ))}
            </ul>
          </section>
        )}
      </aside>
    </>
  );
}

function Step({
  number,
  title,
  answer,
  done,
  open,
  onToggle,
  children,
}: {
  number: number;
  title: string;
  answer: string;
  done: boolean;
  open: boolean;
  onToggle: () => void;
  children: React.ReactNode;
}) {
  const { t } = useI18n();
  return (
    <details className="acc" open={open}>
      <summary
        onClick={(event) => {
          event.preventDefault();
          onToggle();
        }}
      >
        <span className="no" aria-hidden="true">
          {number}
        </span>
        {answer || done ? (
          <span>
            <b>{title}</b>
            {!open && <span className="meta clip">{answer}</span>}
          </span>
        ) : (
          <span className={open ? undefined : 'todo'}>{open ? <b>{title}</b> : title}</span>
        )}
        {done && !open && <span className="edit">{t('editor.change')}</span>}
      </summary>
      {open && <div className="body">{children}</div>}
    </details>
  );
}

function NextStep({ after, onOpen }: { after: Question; onOpen: (question: string | null) => void }) {
  const { t } = useI18n();
  const next = SHORT_FORM[SHORT_FORM.indexOf(after) + 1];
  return (
    <div className="row mt-3">
      {next && (
        <button type="button" className="btn btn-p" onClick={() => onOpen(next)}>
          {t('editor.nextAnswer', { title: t(`editor.field.${next}`).toLocaleLowerCase() })}
        </button>
      )}
      <button type="button" className="btn btn-q" onClick={() => onOpen(null)}>
        {t('editor.later')}
      </button>
    </div>
  );
}

function Saved({ save }: { save: SaveState | null }) {
  const { t, formatTime, problem } = useI18n();
  if (!save) return null;
  switch (save.kind) {
    case 'refused':
      return <span className="tag-no">{problem(save.error)}</span>;
    case 'offline':
      return <>{t('editor.waiting')}</>;
    case 'saving':
      return <>{t('editor.saving')}</>;
    case 'device':
      return <>{t('editor.savedDevice', { time: formatTime(save.at) })}</>;
    case 'saved':
      return (
        <>
          <Icon name="check" small /> {t('editor.savedServer', { time: formatTime(save.at) })}
        </>
      );
  }
}

/** What each further step still asks for. */
function Missing({ content }: { content: PracticeView['content'] }) {
  const { t } = useI18n();
  const names = (need: 'submit' | 'publish' | 'validate') => {
    const gaps = practiceGaps(content, need);
    return [
      ...SHORT_FORM.filter((question) => gapsOf(question, gaps).length > 0).map((question) => t(`editor.field.${question}`)),
      ...(Object.keys(SECTIONS) as Section[])
        .filter((section) => gapsOfSection(section, gaps).length > 0)
        .map((section) => t(`editor.field.${section}`)),
    ];
  };
  return (
    <>
      {(['submit', 'publish', 'validate'] as const).map((need) => (
        <section key={need}>
          <h2>{t(`editor.missing.${need}`)}</h2>
          <p className="meta mt-2">{names(need).join(', ') || t('editor.nothingMissing')}</p>
        </section>
      ))}
    </>
  );
}
