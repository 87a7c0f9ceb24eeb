import { frenchTypography } from '@passerelle/text';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../platform/index.js';
import type { SpaceLine, ThreadLine, Voice } from './data-files.js';
import { ACCOUNTS, type DemoAccount } from './demo-accounts.js';
import { insertRows } from './insert-rows.js';
import { ASSOCIATION_SLUG, cityKey } from './load-reference.js';

const DAY_MS = 86_400_000;
const UNREAD_DAYS = 30;
// The newest text of the demonstration is a few days old: an older visit leaves enough to discover.
const PREVIOUS_VISIT_DAYS = 20;
/** The association's secretariat sits in Paris and writes for the association, not for the city. */
const SECRETARIAT: Voice = { city: 'Paris', country_iso2: 'FR', function: 'Secrétariat permanent' };

/** A function in an organisation that writes, as one person. */
export interface Speaker {
  personId: string; mandateId: string; organisationId: string; function: string;
  name: string;
  accountId: string | null;
}

export const voiceKey = (voice: Voice) => `${cityKey(voice.city, voice.country_iso2)} ${voice.function}`;

/**
 * Creates one person and one mandate for each function that writes or belongs to a space, and the accounts.
 * @returns speakers by `voiceKey`; those of accounts without messages by e-mail.
 */
export async function loadPeople(tx: Sql, forum: { spaces: SpaceLine[]; threads: ThreadLine[] }, organisations: Map<string, string>, passwordHash: string): Promise<Map<string, Speaker>> {
  const ownOrganisations = new Map([...organisations, [ASSOCIATION_SLUG, await associationId(tx)], ['partner', await addPartner(tx)]]);
  const speakers = new Map<string, Speaker>();
  const voices = [...forum.threads.flatMap((thread) => thread.posts.map((post) => post.by)), ...forum.spaces.flatMap((space) => space.members)];
  for (const voice of voices) if (!speakers.has(voiceKey(voice))) speakers.set(voiceKey(voice), speaker(voice.function, organisationOf(voice, ownOrganisations)));
  for (const account of ACCOUNTS) {
    const key = account.voice ? voiceKey(account.voice) : account.email;
    const organisation = account.voice ? organisationOf(account.voice, ownOrganisations) : (ownOrganisations.get(account.organisation ?? '') ?? '');
    const known = speakers.get(key) ?? speaker(account.voice?.function ?? account.name, organisation);
    speakers.set(key, { ...known, name: frenchTypography(account.name), accountId: uuid() });
  }
  const all = [...speakers.values()];
  await insertRows(tx, 'person', all.map((one) => ({ id: one.personId, name: one.name, demonstration: true })));
  await insertRows(tx, 'mandate', all.map((one) => ({ id: one.mandateId, person_id: one.personId, organisation_id: one.organisationId, function: one.function })));
  await insertRows(tx, 'account', ACCOUNTS.map((account, index) => accountRow(account, index, speakerOf(account, speakers), passwordHash)));
  await insertRows(tx, 'delegation', ACCOUNTS.flatMap((account) => {
    const from = ACCOUNTS.find((other) => other.email === account.preparesFor);
    return from ? [{ id: uuid(), from_mandate_id: speakerOf(from, speakers).mandateId, to_mandate_id: speakerOf(account, speakers).mandateId, scope: 'prepare', valid_from: new Date().toISOString() }] : [];
  }));
  await insertRows(tx, 'expertise', ACCOUNTS.flatMap((account) => (account.expertIn ?? []).map((theme) => ({ person_id: speakerOf(account, speakers).personId, theme_id: theme }))));
  return speakers;
}

/** The speaker of a demonstration account. */
export function speakerOf(account: DemoAccount, speakers: Map<string, Speaker>): Speaker {
  const found = speakers.get(account.voice ? voiceKey(account.voice) : account.email);
  if (!found) throw new Error(`Demonstration data: ${account.email} has no speaker`);
  return found;
}

function speaker(role: string, organisationId: string): Speaker {
  const name = frenchTypography(role);
  return { personId: uuid(), mandateId: uuid(), organisationId, function: name, name, accountId: null };
}

function organisationOf(voice: Voice, organisations: Map<string, string>): string {
  const found = organisations.get(voiceKey(voice) === voiceKey(SECRETARIAT) ? ASSOCIATION_SLUG : cityKey(voice.city, voice.country_iso2));
  if (!found) throw new Error(`Demonstration data: ${voice.city} (${voice.country_iso2}) is not in cities.csv`);
  return found;
}

function accountRow(account: DemoAccount, index: number, own: Speaker, passwordHash: string) {
  const visit = new Date(Date.now() - PREVIOUS_VISIT_DAYS * DAY_MS).toISOString();
  return {
    id: own.accountId, person_id: own.personId, email: account.email, password_hash: passwordHash, role: account.role, interface_language: 'fr', languages: account.languages, time_zone: account.timeZone,
    unread_since: new Date(Date.now() - UNREAD_DAYS * DAY_MS).toISOString(), previous_visit_at: visit, last_visit_at: visit, demonstration_order: index + 1,
  };
}

async function associationId(tx: Sql): Promise<string> {
  const row = await tx.row<{ id: string }>('SELECT id FROM organisation WHERE slug = $1', [ASSOCIATION_SLUG]);
  if (!row) throw new Error('Demonstration data: the reference data is not loaded');
  return row.id;
}

async function addPartner(tx: Sql): Promise<string> {
  const id = uuid();
  await insertRows(tx, 'organisation', [{ id, slug: 'partenaire-invite', kind: 'partner', name: 'Partenaire invité', country: 'FR', country_name: 'France', demonstration: true }]);
  return id;
}
