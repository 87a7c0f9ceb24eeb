import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useDeferredValue, useRef, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { v7 as uuid } from 'uuid';
import { usePage } from '../../app/page';
import { spacesQuery, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { outbox } from '../../outbox';
import { announce, Icon } from '../../ui';
import { DraftConflict, DraftState } from '../../outbox/draft-notes';
import './forum.css';
import { EMPTY_DRAFT } from '../../outbox/draft-text';
import { similarQuery } from './forum.api';
import { NamingField } from './naming-fields';
import { ATTACHMENTS_MAX, BODY_MAX, TITLE_MAX, TITLE_MIN, WRITABLE_KINDS } from './limits';
import { useUploads } from '../../ui/use-uploads';
import { AttachButton, UploadList } from './uploads';
import { useDraft } from '../../outbox/use-draft';
import { spaceName } from './words';
import { WritingArea } from './writing-area';

const Preview = lazy(() => import('./preview'));
const VoiceField = lazy(() => import('../../ui/voice-field'));

type Kind = (typeof WRITABLE_KINDS)[number];

/** The draft with what the address proposes, and its way to the outbox. */
function useNewThread() {
  const { t, lang } = useI18n();
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const draft = useDraft('new-thread', { ...EMPTY_DRAFT, title: params.get('titre') ?? '' });
  const uploads = useUploads(ATTACHMENTS_MAX);
  const [language, setLanguage] = useState(lang);
  const [voice, setVoice] = useState('');
  const [checked, setChecked] = useState(false);
  const [problem, setProblem] = useState<string>();
  const sending = useRef(false);
  const { title, body, naming } = draft.text;
  const kind: Kind = draft.text.kind ?? WRITABLE_KINDS.find((one) => one === params.get('kind')) ?? 'discussion';
  const space = draft.text.space ?? params.get('space') ?? '';
  const practice = params.get('pratique');
  const bad = {
    title: title.trim().length < TITLE_MIN || title.trim().length > TITLE_MAX,
    space: space === '',
    body: body.trim() === '' || body.length > BODY_MAX,
  };
  const submit = async () => {
    setChecked(true);
    if (bad.title || bad.space || bad.body)
      return void requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus());
    if (!uploads.ready) return setProblem(t('forum.compose.uploading'));
    if (sending.current) return;
    sending.current = true;
    const id = uuid();
    try {
      await outbox.add({
        id,
        lane: id,
        kind: 'thread',
        method: 'POST',
        path: '/api/threads',
        body: { id, space, kind, title: title.trim(), body, language, attachments: uploads.ids, naming, ...(practice && { practice }), ...(voice && { delegation: voice }) },
      });
      await draft.finish(EMPTY_DRAFT);
      announce(t('forum.create.sent'));
      navigate(practice ? `/pratiques/${practice}` : '/echanges?filter=mine');
    } catch {
      setProblem(t('forum.compose.notKept'));
      sending.current = false;
    }
  };
  return { draft, uploads, language, setLanguage, voice, setVoice, kind, space, bad, checked, problem, submit };
}

type NewThread = ReturnType<typeof useNewThread>;

/** The theme follows from the space: whether a delegation covers it the server says. */
function Voice({ form }: { form: NewThread }) {
  const { voices } = useMe();
  if (voices.length === 0 && form.voice === '') return null;
  return (
    <Suspense>
      <VoiceField voices={voices} value={form.voice} onChange={form.setVoice} />
    </Suspense>
  );
}

/** Opens a thread; what is written survives the page, the device and the network. */
export default function NewThreadPage() {
  const { t } = useI18n();
  const form = useNewThread();
  usePage(t('forum.create.title'), { task: true, back: { href: '/echanges', label: t('forum.talks') } });
  return (
    <div>
      <h1 className="h-long">{t('forum.create.title')}</h1>
      {form.draft.conflict && <DraftConflict conflict={form.draft.conflict} onSettle={form.draft.settle} />}
      <form className="mt-4" onSubmit={(event) => (event.preventDefault(), void form.submit())} noValidate>
        <KindField form={form} />
        <SpaceField form={form} />
        <TitleField form={form} />
        <BodyField form={form} />
        <Voice form={form} />
        <NamingField value={form.draft.text.naming} onChange={(naming) => form.draft.change({ naming })} />
        <div className="field">
          <label htmlFor="language">{t('forum.create.language')}</label>
          <select
            className="in auto"
            id="language"
            value={form.language}
            onChange={(event) => form.setLanguage(event.target.value === 'en' ? 'en' : 'fr')}
          >
            <option value="fr">Français</option>
            <option value="en">English</option>
          </select>
        </div>
        <p className="row mt-5">
          <button type="submit" className="btn btn-p">
            <Icon name="send" small />
            {t('forum.create.publish')}
          </button>
        </p>
      </form>
    </div>
  );
}

function KindField({ form: { kind, draft } }: { form: NewThread }) {
  const { t } = useI18n();
  const me = useMe();
  const kinds = WRITABLE_KINDS.filter((one) => one !== 'announcement' || me.permissions.includes('moderate'));
  return (
    <fieldset>
      <legend className="lab">{t('forum.create.kind')}</legend>
      {kinds.map((one) => (
        <label key={one} className="opt">
          <input type="radio" name="kind" checked={kind === one} onChange={() => draft.change({ kind: one })} />
          <span>
            {t(`forum.kinds.${one}`)}
            <small>{t(`forum.kindHints.${one}`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function SpaceField({ form: { space, draft, bad, checked } }: { form: NewThread }) {
  const { t, lang } = useI18n();
  const spaces = useQuery(spacesQuery);
  const wrong = checked && bad.space;
  return (
    <div className="field">
      <label htmlFor="space">{t('forum.create.space')}</label>
      <select
        className="in"
        id="space"
        value={space}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'space-error' : undefined}
        onChange={(event) => draft.change({ space: event.target.value || null })}
      >
        <option value="">{t('forum.create.spacePick')}</option>
        {spaces.data?.items.map((one) => (
          <option key={one.id} value={one.slug}>
            {spaceName(one, lang)}
            {one.access === 'open' ? '' : `, ${t(`forum.access.${one.access}`)}`}
          </option>
        ))}
      </select>
      {wrong && (
        <p className="err" id="space-error">
          {t('forum.create.spaceBad')}
        </p>
      )}
    </div>
  );
}

function TitleField({ form: { draft, bad, checked } }: { form: NewThread }) {
  const { t } = useI18n();
  const { title } = draft.text;
  const wrong = checked && bad.title;
  return (
    <div className="field">
      <label htmlFor="title">{t('forum.create.threadTitle')}</label>
      <p className="hint" id="title-hint">
        {t('forum.create.titleHint')}
      </p>
      <input
        className="in"
        id="title"
        value={title}
        maxLength={TITLE_MAX}
        aria-describedby={wrong ? 'title-hint title-error' : 'title-hint'}
        aria-invalid={wrong}
        onChange={(event) => draft.change({ title: event.target.value })}
      />
      {wrong && (
        <p className="err" id="title-error">
          {t('forum.create.titleBad')}
        </p>
      )}
      <Similar title={title} />
    </div>
  );
}

function BodyField({ form: { draft, uploads, language, bad, checked, problem } }: { form: NewThread }) {
  const { t } = useI18n();
  const [preview, setPreview] = useState(false);
  const { body } = draft.text;
  const empty = checked && bad.body && body.length <= BODY_MAX ? t('forum.compose.empty') : undefined;
  return (
    <div className="field">
      {preview && (
        <Suspense>
          <Preview body={body} language={language} />
        </Suspense>
      )}
      <WritingArea
        id="body"
        label={t('forum.create.body')}
        hint={t('forum.create.bodyHint')}
        value={body}
        tools
        rows={6}
        problem={empty ?? problem}
        onChange={(next) => draft.change({ body: next })}
      />
      <UploadList uploads={uploads.uploads} onRemove={uploads.remove} />
      <div className="row mt-2">
        <AttachButton disabled={uploads.uploads.length >= ATTACHMENTS_MAX} onFiles={(files) => void uploads.add(files)} />
        <button type="button" className="btn btn-q" aria-pressed={preview} onClick={() => setPreview(!preview)}>
          {t('forum.compose.preview')}
        </button>
        <DraftState saved={draft.saved} />
      </div>
    </div>
  );
}

function Similar({ title }: { title: string }) {
  const { t } = useI18n();
  const words = useDeferredValue(title.trim());
  const similar = useQuery(similarQuery(words));
  if (!similar.data || similar.data.items.length === 0) return null;
  return (
    <section className="note mt-3" role="status">
      <Icon name="bulb" />
      <div>
        <p className="strong">{t('forum.create.similar')}</p>
        <ul className="dots">
          {similar.data.items.map((row) => (
            <li key={row.id}>
              <Link href={`/fils/${row.id}`}>{row.title}</Link>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
