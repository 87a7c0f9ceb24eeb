import type { PreparedReasonView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { announce, Icon, Loaded } from '../../ui';
import { Sure } from '../../ui/sure';
import { preparedQuery, rulesQuery } from './moderation.api';
import { ReasonForm } from './reason-form';
import { useModerationWords } from './words';

const BLANK = { version: 0, rule: '', measure: null, labelFr: '', labelEn: '', factsFr: '', factsEn: '', remedyFr: '', remedyEn: '' };

/** Reasons that moderators keep ready, in both languages: a decision begins with one and says the rest itself. */
export default function PreparedPage() {
  const { t } = useI18n();
  const prepared = useQuery(preparedQuery);
  const [fresh, setFresh] = useState<string | null>(null);
  usePage(t('moderation.prepared.title'), { back: { href: '/moderation', label: t('moderation.title') } });
  return (
    <div>
      <h1>{t('moderation.prepared.title')}</h1>
      <p className="soft mt-2">{t('moderation.prepared.lead')}</p>
      {fresh ? (
        <section className="sec">
          <h2>{t('moderation.prepared.add')}</h2>
          <ReasonForm reason={{ id: fresh, ...BLANK }} onDone={() => setFresh(null)} />
        </section>
      ) : (
        <p className="mt-4">
          <button type="button" className="btn" onClick={() => setFresh(uuid())}>
            <Icon name="plus" small /> {t('moderation.prepared.add')}
          </button>
        </p>
      )}
      <Loaded query={prepared}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="soft mt-4">{t('moderation.prepared.none')}</p>}
            {items.map((reason) => (
              <Reason key={`${reason.id} ${reason.version}`} reason={reason} />
            ))}
          </>
        )}
      </Loaded>
    </div>
  );
}

function Reason({ reason }: { reason: PreparedReasonView }) {
  const { t, lang } = useI18n();
  const cache = useQueryClient();
  const { ruleOf } = useModerationWords();
  const rule = useQuery(rulesQuery).data?.items.find(({ id }) => id === reason.rule);
  const [editing, setEditing] = useState(false);
  const remove = useMutation({
    mutationFn: () =>
      api.delete<{ items: PreparedReasonView[] }>(`/api/moderation/prepared-reasons/${reason.id}?version=${reason.version}`),
    onSuccess: (view) => {
      cache.setQueryData(preparedQuery.queryKey, view);
      announce(t('moderation.prepared.removed'));
    },
  });
  const [label, facts] = lang === 'fr' ? [frenchTypography(reason.labelFr), frenchTypography(reason.factsFr)] : [reason.labelEn, reason.factsEn];
  return (
    <section className="sec" aria-labelledby={`reason-${reason.id}`}>
      <h2 id={`reason-${reason.id}`}>{label}</h2>
      <p className="meta">
        {[reason.measure && t(`moderation.measures.${reason.measure}`), rule && ruleOf(rule)].filter(Boolean).join(', ')}
      </p>
      <p className="pre mt-2">{facts}</p>
      {editing ? (
        <ReasonForm reason={reason} onDone={() => setEditing(false)} />
      ) : (
        <div className="row mt-2">
          <button type="button" className="btn btn-q" onClick={() => setEditing(true)}>
            <Icon name="edit" small /> {t('moderation.prepared.edit')}
            <span className="vh">, {label}</span>
          </button>
          <Sure
            label={
              <>
                {t('moderation.prepared.remove')}
                <span className="vh">, {label}</span>
              </>
            }
            question={t('moderation.prepared.sure')}
            yes={t('moderation.prepared.yes')}
            act={remove}
          />
        </div>
      )}
    </section>
  );
}
