import type { SpaceDetail, SpaceMemberView, SpaceRole } from '@passerelle/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, Capacity, ErrorNote, Flag, Loaded } from '../../ui';
import { Sure } from '../../ui/sure';
import { Invite } from './invite';
import './spaces.css';
import { membersQuery, useAct } from './spaces.api';
import { whoIs } from './words';

export const SPACE_ROLES: SpaceRole[] = ['animator', 'member', 'reader'];

/** Who belongs to a space; whoever manages it changes roles, removes and invites. */
export function Members({ space }: { space: SpaceDetail }) {
  const { t } = useI18n();
  const members = useInfiniteQuery(membersQuery(space.slug));
  const manages = space.abilities.manage && !space.archived;
  return (
    <>
      <section className="sec">
        <h2>
          {t('spaces.members.title')} {space.memberCount !== null && <span className="num soft">{space.memberCount}</span>}
        </h2>
        <Loaded query={members}>
          {({ pages }) => (
            <ul className="list mt-2">
              {pages.flatMap((page) => page.items).map((member) => (
                <Member key={member.id} member={member} manages={manages} />
              ))}
            </ul>
          )}
        </Loaded>
        {members.hasNextPage && (
          <button type="button" className="btn mt-4" disabled={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
            {t('spaces.members.more')}
          </button>
        )}
      </section>
      {manages && <Invite slug={space.slug} />}
    </>
  );
}

function Member({ member, manages }: { member: SpaceMemberView; manages: boolean }) {
  const { t, formatDay } = useI18n();
  const who = whoIs(member);
  const setRole = useAct((role: SpaceRole) => api.patch(`/api/space-members/${member.id}`, { role }));
  return (
    <li className="belongs">
      {member.country && <Flag country={member.country} />}
      <div className="min0 grow">
        {member.organisation ? <Capacity title={member.function} city={member.organisation} /> : member.function}
        <span className="meta">
          {member.own && `${t('spaces.members.you')}, `}
          {!manages && `${t(`spaces.roles.${member.role}`)}, `}
          {t('spaces.members.since', { when: formatDay(member.joinedAt) })}
        </span>
      </div>
      {manages && (
        <div className="row">
          <select className="in auto" aria-label={t('spaces.members.role', { who })} value={member.role} disabled={setRole.isPending} onChange={(event) => setRole.mutate(event.target.value as SpaceRole)}>
            {SPACE_ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`spaces.roles.${role}`)}
              </option>
            ))}
          </select>
          {!member.own && <Remove id={member.id} who={who} />}
        </div>
      )}
      {setRole.isError && <ErrorNote error={setRole.error} />}
    </li>
  );
}

function Remove({ id, who }: { id: string; who: string }) {
  const { t } = useI18n();
  const remove = useAct(
    () => api.delete(`/api/space-members/${id}`),
    () => announce(t('spaces.members.removed', { who })),
  );
  const label = (
    <>
      {t('spaces.members.remove')} <span className="vh">{who}</span>
    </>
  );
  return <Sure label={label} question={t('spaces.members.sure', { who })} yes={t('spaces.members.yes')} act={remove} />;
}
