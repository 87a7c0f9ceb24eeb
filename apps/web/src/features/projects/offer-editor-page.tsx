import type { OfferContent, OfferView } from '@passerelle/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Loaded, Skeleton } from '../../ui';
import { Conflict } from '../../ui/conflict';
import { Area, Chips, Choice, Line } from '../../ui/fields';
import { useThesaurus } from '../../ui/thesaurus';
import { DraftForm } from './editor/draft-form';
import { PeriodFields } from './editor/period-fields';
import { useDraft } from './editor/use-draft';
import { FORMS, offerQuery } from './projects.api';
import { useProblems } from './words';

const emptyOffer = (language: 'fr' | 'en', contact: string) => (): OfferContent => ({
  title: '', language, concepts: [], forms: [], capacity: '', conditions: '', languages: [], period: { from: null, to: null }, contact,
});

/** Says what a city can bring; members see it as soon as it is saved. */
export default function OfferEditorPage({ id }: { id?: string }) {
  const { t } = useI18n();
  const stored = useQuery({ ...offerQuery(id ?? ''), enabled: id !== undefined, refetchOnMount: 'always' });
  usePage(t(id ? 'needs.offerEditTitle' : 'needs.offerTitle'), { back: { href: id ? `/offres/${id}` : '/besoins?onglet=offres', label: t('needs.back') } });
  if (!id) return <Editor stored={null} />;
  if (stored.isFetching && !stored.isFetchedAfterMount) return <Skeleton />;
  return <Loaded query={stored}>{(view) => <Editor stored={view} />}</Loaded>;
}

function Editor({ stored }: { stored: OfferView | null }) {
  const { t, lang } = useI18n();
  const me = useMe();
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const draft = useDraft<OfferContent, OfferView>({
    place: `offer.${me.account.id}.${stored?.id ?? 'nouvelle'}`,
    stored,
    reference: stored?.id,
    empty: emptyOffer(lang, myCapacity(me)?.function ?? ''),
    create: (body) => api.post('/api/offers', body),
    edit: (reference, body) => api.patch(`/api/offers/${reference}`, body),
    read: (reference) => api.get(`/api/offers/${reference}`),
    onSaved: (view) => {
      cache.setQueryData(offerQuery(view.id).queryKey, view);
      void cache.invalidateQueries({ queryKey: ['offers'] });
      navigate(`/offres/${view.id}`);
    },
  });
  return (
    <div>
      <h1>{t(stored ? 'needs.offerEditTitle' : 'needs.offerTitle')}</h1>
      <p className="soft mt-2">{stored ? stored.title : t('needs.offerLead')}</p>
      {draft.conflict && <Conflict mine={draft.content} theirs={draft.conflict.content} label={(field) => t(`needs.field.${field}`)} onSettle={draft.settle} />}
      <DraftForm draft={draft} submit={t('needs.save')} stored={stored} address={`/offres/${stored?.id}`}>
        <Fields draft={draft} />
      </DraftForm>
    </div>
  );
}

function Fields({ draft }: { draft: { content: OfferContent; error: unknown; write: (change: Partial<OfferContent>) => void } }) {
  const { t } = useI18n();
  const { content, write } = draft;
  const problem = useProblems(draft.error);
  const { themes, themeOf, conceptsOf, conceptName } = useThesaurus();
  const [picked, setPicked] = useState<string | null>(null);
  const theme = picked ?? themeOf(content.concepts[0] ?? null);
  // Topics of several themes may be offered: those chosen stay in sight when the theme changes.
  const options = conceptsOf(theme);
  const elsewhere = content.concepts.filter((id) => !options.some(({ value }) => value === id)).map((value) => ({ value, label: conceptName(value) }));
  return (
    <div className="mt-4">
      <Line label={t('needs.field.title')} hint={t('needs.hint.offer')} problem={problem('title')} value={content.title} onChange={(title) => write({ title })} />
      <Choice label={t('needs.field.theme')} problem={theme ? undefined : problem('concepts')} value={theme} options={themes} onChange={setPicked} />
      {(theme || elsewhere.length > 0) && <Chips label={t('needs.field.concepts')} problem={problem('concepts')} values={content.concepts} max={5} options={[...elsewhere, ...options]} onChange={(concepts) => write({ concepts })} />}
      <Chips label={t('needs.field.forms')} problem={problem('forms')} values={content.forms} max={7} options={FORMS.map((value) => ({ value, label: t(`needs.form.${value}`) }))} onChange={(forms) => write({ forms })} />
      <Area label={t('needs.field.capacity')} hint={t('needs.hint.capacity')} rows={2} problem={problem('capacity')} value={content.capacity} onChange={(capacity) => write({ capacity })} />
      <Area label={t('needs.field.conditions')} rows={3} problem={problem('conditions')} value={content.conditions} onChange={(conditions) => write({ conditions })} />
      <PeriodFields content={content} write={write} problem={problem} />
      <div className="mt-4">
        <Line label={t('needs.field.contact')} hint={t('needs.hint.contact')} problem={problem('contact')} value={content.contact} onChange={(contact) => write({ contact })} />
      </div>
    </div>
  );
}
