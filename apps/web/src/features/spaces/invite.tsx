import type { CandidateView, SpaceRole } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, Capacity, ErrorNote, Flag } from '../../ui';
import { candidatesQuery, sentQuery, useAct } from './spaces.api';
import { whoIs } from './words';

const ROLES: SpaceRole[] = ['member', 'reader', 'animator'];

/** Invites people in office, found by function, city or country. */
export function Invite({ slug }: { slug: string }) {
  const { t } = useI18n();
  const [words, setWords] = useState('');
  const [role, setRole] = useState<SpaceRole>('member');
  const candidates = useQuery(candidatesQuery(slug, useDeferredValue(words.trim())));
  const invite = useAct(
    (candidate: CandidateView) => api.post(`/api/spaces/${slug}/invitations`, { id: uuid(), mandate: candidate.id, role }),
    (_, candidate) => announce(t('spaces.invite.sent', { who: whoIs(candidate) })),
  );
  return (
    <section className="sec">
      <h2>{t('spaces.invite.title')}</h2>
      <div className="field">
        <label htmlFor="candidate">{t('spaces.invite.label')}</label>
        <p className="hint" id="candidate-hint">
          {t('spaces.invite.hint')}
        </p>
        <input className="in" id="candidate" type="search" autoComplete="off" maxLength={80} value={words} aria-describedby="candidate-hint" onChange={(event) => setWords(event.target.value)} />
      </div>
      <div className="field">
        <label htmlFor="as">{t('spaces.invite.as')}</label>
        <select className="in" id="as" value={role} onChange={(event) => setRole(event.target.value as SpaceRole)}>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {t(`spaces.roles.${one}`)}, {t(`spaces.roleHints.${one}`)}
            </option>
          ))}
        </select>
      </div>
      {invite.isError && <ErrorNote error={invite.error} />}
      <div role="status">{candidates.data?.items.length === 0 && <p className="soft">{t('spaces.invite.none')}</p>}</div>
      <ul className="list">
        {candidates.data?.items.map((one) => (
          <li key={one.id} className="belongs">
            <Flag country={one.country} />
            <span className="min0 grow">
              <Capacity title={one.function} city={one.organisation} />
            </span>
            {one.state === 'free' ? (
              <button type="button" className="btn" disabled={invite.isPending} onClick={() => invite.mutate(one)}>
                {t('spaces.invite.do')} <span className="vh">{whoIs(one)}</span>
              </button>
            ) : (
              <span className="meta">{t(`spaces.invite.states.${one.state}`)}</span>
            )}
          </li>
        ))}
      </ul>
      <Sent slug={slug} />
    </section>
  );
}

function Sent({ slug }: { slug: string }) {
  const { t, formatDay } = useI18n();
  const sent = useQuery(sentQuery(slug));
  const withdraw = useAct((id: string) => api.delete(`/api/space-invitations/${id}`));
  if (!sent.data || sent.data.items.length === 0) return null;
  return (
    <>
      <h3 className="mt-4">{t('spaces.invite.list')}</h3>
      {withdraw.isError && <ErrorNote error={withdraw.error} />}
      <ul className="list">
        {sent.data.items.map((one) => (
          <li key={one.id} className="belongs">
            {one.country && <Flag country={one.country} />}
            <span className="min0 grow">
              {whoIs(one)}
              <span className="meta">
                {t(`spaces.roles.${one.role}`)}, {one.state === 'sent' ? t('spaces.invite.waiting', { when: formatDay(one.at) }) : t('spaces.invite.declined')}
              </span>
            </span>
            {one.state === 'sent' && (
              <button type="button" className="btn btn-q" disabled={withdraw.isPending} onClick={() => withdraw.mutate(one.id)}>
                {t('spaces.invite.withdraw')} <span className="vh">{whoIs(one)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
