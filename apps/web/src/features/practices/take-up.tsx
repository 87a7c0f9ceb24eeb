import { emptyTransfer, type PracticeView, type TransferState, type TransferView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { madeBefore } from '../../app/made-before';
import { useI18n } from '../../i18n';
import { ErrorNote, Icon, Sheet } from '../../ui';
import { Area, Chips, Choice } from '../../ui/fields';
import { useWriter } from '../../ui/gate';

const FIRST_STATES = [
  'interest',
  'contact',
  'understanding',
  'adapting',
  'trial',
  'taken-up',
  'taken-up-in-part',
] as const satisfies TransferState[];

/** A city says that it takes this practice up; it then keeps the record itself. */
export function TakeUp({ practice }: { practice: PracticeView }) {
  const { t } = useI18n();
  const city = useWriter()?.organisation;
  const [open, setOpen] = useState(false);
  if (!city || city.slug === practice.city.slug) return null;
  const own = practice.transfers.find((transfer) => transfer.recorded && transfer.slug === city.slug);
  return (
    <p className="mt-3">
      {own ? (
        <Link className="btn" href={`/reprises/${own.id}`}>
          {t('transfers.mine')}
        </Link>
      ) : (
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          <Icon name="plus" small /> {t('transfers.take')}
        </button>
      )}
      {open && <TakeUpSheet practice={practice} onClose={() => setOpen(false)} />}
    </p>
  );
}

function TakeUpSheet({ practice, onClose }: { practice: PracticeView; onClose: () => void }) {
  const { t, fieldProblem } = useI18n();
  const cache = useQueryClient();
  // One id for all attempts: a retry after a lost answer is the same record.
  const [id] = useState(() => uuid());
  const [state, setState] = useState<(typeof FIRST_STATES)[number]>('interest');
  const [content, setContent] = useState(() => emptyTransfer());
  const record = useMutation({
    mutationFn: () =>
      api.post<TransferView>(`/api/practices/${practice.ref}/transfers`, { id, state, content }).catch((error: unknown) => {
        if (madeBefore(error) === null) throw error;
        return api.patch<TransferView>(`/api/transfers/${id}`, { version: 1, state, content });
      }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['practice', practice.ref] });
      onClose();
    },
  });
  return (
    <Sheet
      title={t('transfers.take')}
      onClose={onClose}
      footer={
        <button type="button" className="btn btn-p" disabled={record.isPending} onClick={() => record.mutate()}>
          {t('transfers.record')}
        </button>
      }
    >
      <Choice
        label={t('transfers.start')}
        value={state}
        options={FIRST_STATES.map((value) => ({ value, label: t(`practices.state.${value}`) }))}
        onChange={(value) => value && setState(value)}
      />
      <Area
        label={t('transfers.motive')}
        hint={t('transfers.motiveHint')}
        rows={3}
        value={content.motive}
        onChange={(motive) => setContent({ ...content, motive })}
      />
      {practice.content.steps.length > 0 && (
        <>
          <Chips
            label={t('transfers.parts')}
            values={content.parts}
            max={12}
            options={practice.content.steps.map((step) => ({ value: step.id, label: step.title }))}
            onChange={(parts) => setContent({ ...content, parts })}
          />
          <p className="hint">{fieldProblem(record.error, 'content.parts') ?? t('transfers.partsHint')}</p>
        </>
      )}
      {record.error && <ErrorNote error={record.error} />}
    </Sheet>
  );
}
