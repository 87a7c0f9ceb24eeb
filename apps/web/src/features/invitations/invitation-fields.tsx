import { INVITATION_DAYS, LINK_USES_MAX, type Page, type SpaceCard, type ThreadRow } from '@passerelle/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, withQuery } from '../../app/api';
import { organisationsQuery } from '../../app/organisations';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { ErrorNote } from '../../ui';
import { Check } from '../../ui/fields';
import type { Draft } from './invitation-form';

const directoryQuery = queryOptions({
  queryKey: ['groups', 'directory', false],
  queryFn: () => api.get<{ items: SpaceCard[] }>('/api/spaces/directory?archived=false'),
});
const LANDINGS = 50;

interface Part {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

/** Into which office, space and thread the invitation leads. */
export function Whereto({ draft, change, fault }: Part & { fault: (path: string) => string | undefined }) {
  const { t, lang } = useI18n();
  const { role } = useMe().account;
  const isSecretariat = role === 'administrator';
  const moderates = isSecretariat || role === 'moderator';
  // Open ones, and those whose door one keeps: the others let people in by request or by their animators. A link never leads into a confidential one.
  const spaces = (useQuery(directoryQuery).data?.items ?? []).filter(
    (space) =>
      space.memberCount !== null &&
      (space.access === 'open' || moderates || space.role === 'animator') &&
      (draft.kind === 'person' || space.access !== 'confidential'),
  );
  const organisations = useQuery({ ...organisationsQuery, enabled: isSecretariat }).data ?? [];
  const names = spaces.map(({ slug, nameFr, nameEn }): [string, string] => [slug, lang === 'fr' ? nameFr : nameEn]);
  return (
    <>
      {isSecretariat && (
        <>
          <Choice
            id="organisation"
            label={t('invitations.organisation')}
            fault={fault('organisation')}
            value={draft.organisation}
            onChange={(organisation) => change({ organisation })}
            options={organisations.map(({ slug, name, countryName }) => [slug, `${name}, ${countryName}`])}
          />
          <Choice
            id="role"
            label={t('invitations.role')}
            fault={fault('role')}
            value={draft.role}
            onChange={(one) => change({ role: one })}
            options={(['member', 'guest'] as const).map((one) => [one, t(`invitations.roles.${one}`)])}
          />
        </>
      )}
      <Choice
        id="space"
        label={t('invitations.space')}
        fault={fault('space')}
        value={draft.space}
        onChange={(space) => change({ space, thread: '', onlyThread: false })}
        options={[['', t('invitations.noSpace')], ...names]}
      />
      {draft.space && (
        <Landing
          space={draft.space}
          fault={fault('thread')}
          value={draft.thread}
          onChange={(thread) => change({ thread, onlyThread: false })}
        />
      )}
      {draft.role === 'guest' && draft.thread && (
        <Check label={t('invitations.onlyThread')} value={draft.onlyThread} onChange={(onlyThread) => change({ onlyThread })} />
      )}
    </>
  );
}

/** The thread of the space that opens first; the latest ones are offered. */
function Landing({ space, ...choice }: { space: string; value: string; fault: string | undefined; onChange: (thread: string) => void }) {
  const { t } = useI18n();
  const threads = useQuery({
    queryKey: ['threads', { landing: space }],
    queryFn: () => api.get<Page<ThreadRow>>(withQuery('/api/threads', { space, limit: LANDINGS })),
  });
  const titles = (threads.data?.items ?? []).map(({ id, title }): [string, string] => [id, title]);
  return (
    <>
      <Choice id="landing" label={t('invitations.landing')} options={[['', t('invitations.noLanding')], ...titles]} {...choice} />
      {threads.isError && <ErrorNote error={threads.error} />}
    </>
  );
}

/** How many people a link lets in, and for how long. */
export function LinkBounds({ draft, change }: Part) {
  const { t } = useI18n();
  return (
    <>
      <p className="soft mt-2">{t('invitationLink.lead')}</p>
      <div className="field">
        <label htmlFor="uses">{t('invitationLink.uses')}</label>
        <input
          className="in"
          id="uses"
          type="number"
          required
          min={1}
          max={LINK_USES_MAX}
          value={draft.usesMax}
          onChange={(event) => change({ usesMax: event.target.valueAsNumber || 1 })}
        />
      </div>
      <div className="field">
        <label htmlFor="days">{t('invitationLink.days')}</label>
        <input
          className="in"
          id="days"
          type="number"
          required
          min={1}
          max={INVITATION_DAYS}
          value={draft.days}
          onChange={(event) => change({ days: event.target.valueAsNumber || 1 })}
        />
      </div>
    </>
  );
}

interface FieldProps {
  id: string;
  label: string;
  value: string;
  fault?: string | undefined;
  onChange: (value: string) => void;
}

/** Ties a field to what is said of it. */
const saidOf = (id: string, { hint, fault }: { hint?: string | undefined; fault?: string | undefined }) => ({
  'aria-invalid': fault !== undefined,
  'aria-describedby': [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined,
});

function Fault({ id, children }: { id: string; children: string | undefined }) {
  return (
    children && (
      <p className="err" id={`${id}-fault`} role="alert">
        {children}
      </p>
    )
  );
}

/** A line that must be filled in, or a day that may be left out. */
export function Text({
  id,
  label,
  hint,
  fault,
  max,
  type = 'text',
  value,
  onChange,
}: FieldProps & { hint?: string; max?: number; type?: 'text' | 'email' | 'date' }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        className="in"
        id={id}
        type={type}
        required={type !== 'date'}
        maxLength={max}
        autoComplete="off"
        {...saidOf(id, { hint, fault })}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <Fault id={id}>{fault}</Fault>
    </div>
  );
}

export function Choice({ id, label, value, options, fault, onChange }: FieldProps & { options: (readonly [string, string])[] }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select className="in" id={id} value={value} {...saidOf(id, { fault })} onChange={(event) => onChange(event.target.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
      <Fault id={id}>{fault}</Fault>
    </div>
  );
}
