import type { EditTransferBody, TransferView } from '@passerelle/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { ErrorNote, Flag, Loaded, Note } from '../../ui';
import { ForWhom } from '../../ui/on-behalf';
import { Area, Check, Chips, Choice, Line, Rows } from '../../ui/fields';

const transferQuery = (id: string) =>
  queryOptions({ queryKey: ['transfer', id], queryFn: () => api.get<TransferView>(`/api/transfers/${id}`) });

/** The record of one city that takes a practice up; its people keep it, other members read it. */
export default function TransferPage({ id }: { id: string }) {
  const { t } = useI18n();
  const transfer = useQuery(transferQuery(id));
  const practice = transfer.data?.practice;
  usePage(t('transfers.title'), {
    back: practice ? { href: `/pratiques/${practice.ref}`, label: practice.title } : { href: '/pratiques', label: t('practices.title') },
  });
  return (
    <div>
      <Loaded query={transfer}>
        {(view) => (view.canEdit ? <Keeper key={view.version} transfer={view} /> : <Reader transfer={view} />)}
      </Loaded>
    </div>
  );
}

function Head({ transfer }: { transfer: TransferView }) {
  const { t } = useI18n();
  return (
    <>
      <p className="place">
        {transfer.country && <Flag country={transfer.country} />} <b>{transfer.to}</b>
      </p>
      <h1 className="h-long">
        <Link href={`/pratiques/${transfer.practice.ref}`}>{transfer.practice.title}</Link>
      </h1>
      <p className="meta">
        {transfer.practice.city}. {t(`practices.state.${transfer.state}`)}.{' '}
        {transfer.recordedBy
          ? t('transfers.recordedBy', { function: transfer.recordedBy.function, city: transfer.to })
          : t('transfers.sourced')}{' '}
        <ForWhom onBehalf={transfer.recordedBy?.onBehalf} />
      </p>
    </>
  );
}

const TEXTS = ['motive', 'adaptations', 'obstacles', 'after6', 'after18'] as const;

function Reader({ transfer }: { transfer: TransferView }) {
  const { t } = useI18n();
  return (
    <>
      <Head transfer={transfer} />
      {transfer.note && <p className="mt-3">{transfer.note}</p>}
      {TEXTS.filter((field) => transfer.content[field]).map((field) => (
        <section key={field} className="sec">
          <h2>{t(`transfers.${field}`)}</h2>
          <p>{transfer.content[field]}</p>
        </section>
      ))}
      {transfer.content.quote && transfer.content.quoteConsent && <blockquote>{transfer.content.quote}</blockquote>}
    </>
  );
}

function Keeper({ transfer }: { transfer: TransferView }) {
  const { t, fieldProblem } = useI18n();
  const cache = useQueryClient();
  const [state, setState] = useState(transfer.state);
  const [content, setContent] = useState(transfer.content);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () =>
      api.patch<TransferView>(`/api/transfers/${transfer.id}`, {
        version: transfer.version,
        state,
        reason,
        content,
        ...(transfer.question && { answers: transfer.question }),
      } satisfies EditTransferBody),
    onSuccess: (view) => {
      cache.setQueryData(transferQuery(transfer.id).queryKey, view);
      void cache.invalidateQueries({ queryKey: ['practice', transfer.practice.ref] });
      void cache.invalidateQueries({ queryKey: ['practice-tasks'] });
    },
  });
  const change = (part: Partial<typeof content>) => setContent({ ...content, ...part });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Head transfer={transfer} />
      {transfer.question && <Note icon="clock">{t('transfers.question', { count: transfer.question })}</Note>}
      <Choice
        label={t('transfers.state')}
        value={state}
        options={[transfer.state, ...transfer.next].map((value) => ({ value, label: t(`practices.state.${value}`) }))}
        onChange={(value) => value && setState(value)}
      />
      {state === 'abandoned' && transfer.state !== 'abandoned' && (
        <Area label={t('transfers.reason')} rows={2} problem={fieldProblem(save.error, 'reason')} value={reason} onChange={setReason} />
      )}
      <Area label={t('transfers.motive')} rows={3} value={content.motive} onChange={(motive) => change({ motive })} />
      {transfer.practice.steps.length > 0 && (
        <>
          <Chips
            label={t('transfers.parts')}
            values={content.parts}
            max={12}
            options={transfer.practice.steps.map((step) => ({ value: step.id, label: step.title }))}
            onChange={(parts) => change({ parts })}
          />
          <p className="hint">{fieldProblem(save.error, 'content.parts') ?? t('transfers.partsHint')}</p>
        </>
      )}
      <Area label={t('transfers.adaptations')} rows={4} value={content.adaptations} onChange={(adaptations) => change({ adaptations })} />
      <Line label={t('transfers.cost')} value={content.cost} onChange={(cost) => change({ cost })} />
      <Area label={t('transfers.obstacles')} rows={3} value={content.obstacles} onChange={(obstacles) => change({ obstacles })} />
      <Rows
        name={t('transfers.exchanges')}
        rows={content.exchanges}
        max={30}
        empty={(): (typeof content.exchanges)[number] => ({ kind: 'call', date: new Date().toISOString().slice(0, 10), note: '' })}
        onChange={(exchanges) => change({ exchanges })}
      >
        {(row, set) => (
          <>
            <Choice
              label={t('transfers.exchanges')}
              value={row.kind}
              options={(['call', 'visit', 'mission'] as const).map((value) => ({ value, label: t(`transfers.exchange.${value}`) }))}
              onChange={(kind) => kind && set({ kind })}
            />
            <Line label={t('transfers.date')} type="date" value={row.date} onChange={(date) => set({ date })} />
            <Line label={t('transfers.note')} value={row.note} onChange={(note) => set({ note })} />
          </>
        )}
      </Rows>
      <Area label={t('transfers.after6')} rows={3} value={content.after6} onChange={(after6) => change({ after6 })} />
      <Area label={t('transfers.after18')} rows={3} value={content.after18} onChange={(after18) => change({ after18 })} />
      <Area label={t('transfers.quote')} rows={2} value={content.quote} onChange={(quote) => change({ quote })} />
      <Check label={t('transfers.quoteConsent')} value={content.quoteConsent} onChange={(quoteConsent) => change({ quoteConsent })} />
      {save.error && <ErrorNote error={save.error} />}
      <p className="row mt-4">
        <button type="submit" className="btn btn-p" disabled={save.isPending}>
          {transfer.question ? t('transfers.answer') : t('transfers.save')}
        </button>
        {save.isSuccess && (
          <span className="meta" role="status">
            {t('transfers.saved')}
          </span>
        )}
      </p>
    </form>
  );
}
