import type { NeedContent, NeedView } from '@passerelle/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Loaded, Skeleton } from '../../ui';
import { Conflict } from '../../ui/conflict';
import { Area, Chips, Choice, Line, NumberLine } from '../../ui/fields';
import { useThesaurus } from '../../ui/thesaurus';
import { DraftForm } from './editor/draft-form';
import { PeriodFields } from './editor/period-fields';
import { useDraft } from './editor/use-draft';
import { cityProjectsQuery, FORMS, needQuery } from './projects.api';
import { useProblems } from './words';

const URGENCIES = ['low', 'normal', 'high'] as const;
const PAYERS = ['asking', 'helping', 'shared', 'third-party', 'undecided'] as const;
const READERS = ['members', 'discreet'] as const;

const emptyNeed = (language: 'fr' | 'en', contact: string, project: string | null) => (): NeedContent => ({
  title: '', language, concept: null, problem: '', wanted: [], urgency: 'normal', period: { from: null, to: null }, languages: [], budget: null, travelPaidBy: 'undecided', visibility: 'members', contact, project,
});

/** Describes what a city looks for; it stays a draft until the city publishes it. */
export default function NeedEditorPage({ id }: { id?: string }) {
  const { t } = useI18n();
  const stored = useQuery({ ...needQuery(id ?? ''), enabled: id !== undefined, refetchOnMount: 'always' });
  usePage(t(id ? 'needs.editTitle' : 'needs.writeTitle'), { back: { href: id ? `/besoins/${id}` : '/besoins', label: t('needs.back') } });
  if (!id) return <Editor stored={null} />;
  if (stored.isFetching && !stored.isFetchedAfterMount) return <Skeleton />;
  return <Loaded query={stored}>{(view) => <Editor stored={view} />}</Loaded>;
}

function Editor({ stored }: { stored: NeedView | null }) {
  const { t, lang } = useI18n();
  const me = useMe();
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const [params] = useSearchParams();
  const project = params.get('projet');
  const draft = useDraft<NeedContent, NeedView>({
    place: `need.${me.account.id}.${stored?.id ?? `nouveau${project ? `.${project}` : ''}`}`,
    stored,
    reference: stored?.id,
    empty: emptyNeed(lang, myCapacity(me)?.function ?? '', project),
    create: (body) => api.post('/api/needs', body),
    edit: (reference, body) => api.patch(`/api/needs/${reference}`, body),
    read: (reference) => api.get(`/api/needs/${reference}`),
    onSaved: (view) => {
      cache.setQueryData(needQuery(view.id).queryKey, view);
      for (const key of ['needs', 'project']) void cache.invalidateQueries({ queryKey: [key] });
      navigate(`/besoins/${view.id}`);
    },
  });
  return (
    <div>
      <h1>{t(stored ? 'needs.editTitle' : 'needs.writeTitle')}</h1>
      <p className="soft mt-2">{stored ? stored.title : t('needs.writeLead')}</p>
      {draft.conflict && <Conflict mine={draft.content} theirs={draft.conflict.content} label={(field) => t(`needs.field.${field}`)} onSettle={draft.settle} />}
      <DraftForm draft={draft} submit={t(stored ? 'needs.save' : 'needs.saveDraft')} stored={stored} address={`/besoins/${stored?.id}`}>
        <Fields draft={draft} />
      </DraftForm>
    </div>
  );
}

function Fields({ draft }: { draft: { content: NeedContent; error: unknown; write: (change: Partial<NeedContent>) => void } }) {
  const { t } = useI18n();
  const { content, write } = draft;
  const problem = useProblems(draft.error);
  const { themes, themeOf, conceptsOf } = useThesaurus();
  const [picked, setPicked] = useState<string | null>(null);
  const theme = picked ?? themeOf(content.concept);
  const own = myCapacity(useMe())?.organisation.slug ?? '';
  const projects = useQuery({ ...cityProjectsQuery(own), enabled: own !== '' });
  return (
    <div className="mt-4">
      <Line label={t('needs.field.title')} hint={t('needs.hint.title')} problem={problem('title')} value={content.title} onChange={(title) => write({ title })} />
      <Choice
        label={t('needs.field.theme')} value={theme} options={themes}
        onChange={(next) => {
          setPicked(next);
          write({ concept: null });
        }}
      />
      <Choice label={t('needs.field.concept')} problem={problem('concept')} value={content.concept} options={conceptsOf(theme)} onChange={(concept) => write({ concept })} />
      <Area label={t('needs.field.problem')} hint={t('needs.hint.problem')} problem={problem('problem')} value={content.problem} onChange={(text) => write({ problem: text })} />
      <Chips label={t('needs.field.wanted')} problem={problem('wanted')} values={content.wanted} max={7} options={FORMS.map((value) => ({ value, label: t(`needs.form.${value}`) }))} onChange={(wanted) => write({ wanted })} />
      <Choice label={t('needs.field.urgency')} value={content.urgency} options={URGENCIES.map((value) => ({ value, label: t(`needs.urgency.${value}`) }))} onChange={(urgency) => urgency && write({ urgency })} />
      <PeriodFields content={content} write={write} problem={problem} />
      <div className="pair mt-4">
        <NumberLine label={t('needs.field.budget')} problem={problem('budget.amount')} value={content.budget?.amount} onChange={(amount) => write({ budget: amount === null ? null : { amount, currency: content.budget?.currency ?? 'EUR' } })} />
        {content.budget && (
          <Line label={t('needs.field.currency')} hint={t('projects.hint.currency')} problem={problem('budget.currency')} value={content.budget.currency} onChange={(code) => write({ budget: content.budget && { ...content.budget, currency: code.trim().toUpperCase() } })} />
        )}
      </div>
      <div className="mt-4">
        <Choice label={t('needs.field.travelPaidBy')} value={content.travelPaidBy} options={PAYERS.map((value) => ({ value, label: t(`needs.travel.${value}`) }))} onChange={(travelPaidBy) => travelPaidBy && write({ travelPaidBy })} />
        <Line label={t('needs.field.contact')} hint={t('needs.hint.contact')} problem={problem('contact')} value={content.contact} onChange={(contact) => write({ contact })} />
        <Choice label={t('needs.field.visibility')} value={content.visibility} options={READERS.map((value) => ({ value, label: t(`needs.visibility.${value}`) }))} onChange={(visibility) => visibility && write({ visibility })} />
        {(projects.data?.items.length ?? 0) > 0 && (
          <Choice label={t('needs.field.project')} problem={problem('project')} value={content.project} options={projects.data?.items.map(({ ref, title }) => ({ value: ref, label: title })) ?? []} onChange={(project) => write({ project })} />
        )}
      </div>
    </div>
  );
}
