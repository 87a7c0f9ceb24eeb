import type { InvitationLinkView } from '@passerelle/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { announce, ErrorNote, Loaded } from '../../ui';
import { LINKS } from './invitation-form';

/** The links for several people, with their uses; the address is shown to whoever made it. */
export function LinksSection() {
  const { t } = useI18n();
  const links = useQuery({ queryKey: LINKS, queryFn: () => api.get<{ items: InvitationLinkView[] }>('/api/invitation-links') });
  return (
    <Loaded query={links}>
      {({ items }) =>
        items.length > 0 && (
          <section className="sec">
            <h2>{t('invitationLink.list')}</h2>
            <ul className="list mt-3">
              {items.map((link) => (
                <LinkRow key={link.id} link={link} />
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  );
}

function LinkRow({ link }: { link: InvitationLinkView }) {
  const { t, lang, formatDay } = useI18n();
  const cache = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.delete(`/api/invitation-links/${link.id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: LINKS }),
  });
  // Without permission to the clipboard the field below is selected and copied by hand.
  const copy = (url: string) =>
    navigator.clipboard.writeText(url).then(
      () => announce(t('invitationLink.copied')),
      () => (document.getElementById(link.id) as HTMLInputElement).select(),
    );
  return (
    <li>
      <div className="min0">
        {link.function}, <b>{link.organisation.name}</b>
        <span className="meta">
          {[
            t('invitationLink.count', { used: link.usedCount, max: link.usesMax }),
            t('invitations.by', { by: link.invitedBy, day: formatDay(link.createdAt) }),
            link.state === 'open' && t('invitations.expires', { day: formatDay(link.expiresAt) }),
            link.space && t('invitationLink.into', { space: link.space[lang] }),
          ]
            .filter(Boolean)
            .join(' ')}
        </span>
        {link.url && (
          <input
            className="in mt-2"
            id={link.id}
            readOnly
            aria-label={t('invitationLink.url')}
            value={link.url}
            onFocus={(event) => event.target.select()}
          />
        )}
        {link.state === 'open' && (
          <p className="row mt-2">
            {link.url && (
              <button type="button" className="btn" onClick={() => void copy(link.url ?? '')}>
                {t('invitationLink.copy')}
              </button>
            )}
            <button type="button" className="btn btn-q btn-x" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
              {t('invitationLink.revoke')} <span className="vh">{link.function}</span>
            </button>
          </p>
        )}
        {revoke.isError && <ErrorNote error={revoke.error} />}
      </div>
      <span className="state right">{t(`invitationLink.state.${link.state}`)}</span>
    </li>
  );
}
