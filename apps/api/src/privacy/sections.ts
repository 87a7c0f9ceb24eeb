import type { DataPart } from '@passerelle/contract';
import { inForce } from '../platform/index.js';

/** One table of what is stored about somebody. */
export interface Section {
  part: DataPart;
  table: string;
  /** SQL, a condition on the row `x`: `$1` is the account, `$2` the person. */
  whose: string;
  /** Columns that stay here: secrets, and what only the machine needs. */
  without?: readonly string[];
  /** The only columns that are given, where others write into the row as well. */
  only?: readonly string[];
  /** SQL, a condition on the row: where it holds, `only` does not apply. */
  whole?: string;
}

const account = 'x.account_id = $1';
const person = (column = 'person_id') => `x.${column} = $2`;
/** A sheet of a city goes on without its first author. Whoever is in office there reads it as it is; later, only what nobody has changed since is certainly theirs. */
const ofCity = (table: 'practice' | 'project' | 'need' | 'offer' | 'transfer', city = 'organisation_id', more: readonly string[] = []) => ({
  table, whose: person('owner_person_id'), only: ['id', city, ...more, 'owner_person_id', 'created_at'],
  whole: `x.version = 1 OR EXISTS (SELECT 1 FROM mandate m WHERE m.person_id = $2 AND m.organisation_id = x.${city} AND ${inForce('m')})`,
});
/** What a client sent is told apart by it; it says nothing to people. */
const HASH = ['request_hash'];

/**
 * Everything that is stored about a person, table by table: the page, the export and the test that no table was forgotten use the same list.
 */
export const SECTIONS: readonly Section[] = [
  { part: 'profile', table: 'account', whose: 'x.id = $1', without: ['password_hash', 'demonstration_order'] },
  { part: 'profile', table: 'person', whose: 'x.id = $2' },
  { part: 'profile', table: 'expertise', whose: person() },
  { part: 'mandates', table: 'mandate', whose: person() },
  // By whose hand the other side acted is that side's.
  { part: 'mandates', table: 'delegation', whose: 'EXISTS (SELECT 1 FROM mandate m WHERE m.id IN (x.from_mandate_id, x.to_mandate_id) AND m.person_id = $2)', without: ['given_by', 'ended_by'] },
  // That one set it, not the address: it is the city's.
  { part: 'mandates', table: 'role_mailbox', whose: person('set_by'), without: ['address', 'token_hash'] },
  { part: 'mandates', table: 'mandate_suspension', whose: 'EXISTS (SELECT 1 FROM mandate m WHERE m.id = x.mandate_id AND m.person_id = $2)' },
  { part: 'mandates', table: 'hand_over', whose: 'EXISTS (SELECT 1 FROM mandate m WHERE m.id IN (x.from_mandate_id, x.to_mandate_id) AND m.person_id = $2)' },
  { part: 'sign-in', table: 'session', whose: account, without: ['token_hash'] },
  { part: 'sign-in', table: 'login_link', whose: account, without: ['token_hash'] },
  { part: 'sign-in', table: 'linked_identity', whose: account },
  { part: 'sign-in', table: 'known_device', whose: account, without: ['token_hash'] },
  { part: 'sign-in', table: 'sign_in_alert', whose: account, without: ['token_hash'] },
  { part: 'sign-in', table: 'passkey', whose: account, without: ['credential_id', 'public_key', 'counter'] },
  { part: 'consents', table: 'consent', whose: account },
  { part: 'profile', table: 'invitation', whose: 'x.redeemed_by = $1', without: ['token_hash', 'code_hash', 'inviter_person_id', ...HASH] },
  { part: 'profile', table: 'invitation_link', whose: person('inviter_person_id'), without: ['token_hash', 'token_sealed', 'space_id', 'thread_id', ...HASH] },
  { part: 'profile', table: 'invitation_batch', whose: person('inviter_person_id'), without: HASH },
  { part: 'spaces', table: 'space_member', whose: person() },
  // That one created it, not what it holds: its name is for those who belong to it now.
  { part: 'spaces', table: 'space', whose: person('created_by'), without: ['slug', 'name_fr', 'name_en', 'description_fr', 'description_en'] },
  { part: 'spaces', table: 'space_request', whose: person() },
  { part: 'spaces', table: 'space_invitation', whose: person() },
  { part: 'spaces', table: 'thread_guest', whose: person() },
  // As its author opened it: title, summary and place are others' work as well, and may be where one reads no longer.
  { part: 'messages', table: 'thread', whose: person('author_person_id'), only: ['id', 'own_title', 'language', 'author_person_id', 'author_organisation_id', 'author_name', 'author_function', 'created_at'] },
  { part: 'messages', table: 'thread_summary_version', whose: person('edited_by') },
  { part: 'messages', table: 'post', whose: person('author_person_id'), without: HASH },
  { part: 'messages', table: 'held_post', whose: person('author_person_id'), without: [...HASH, 'settled_by', 'mentions'] },
  { part: 'messages', table: 'post_revision', whose: person('edited_by') },
  { part: 'messages', table: 'reaction', whose: person() },
  { part: 'files', table: 'attachment', whose: 'x.owner_account_id = $1', without: ['storage_key', 'thumbnail_key'] },
  { part: 'letters', table: 'relay', whose: person('asker_person_id'), without: HASH },
  { part: 'letters', table: 'relay_message', whose: person('author_person_id'), without: HASH },
  // Why the other side declined is read by that side only.
  { part: 'letters', table: 'introduction', whose: person('proposer_person_id'), without: [...HASH, 'declined_by', 'declined_reason', 'last_action'] },
  { part: 'letters', table: 'introduction_message', whose: person('author_person_id'), without: HASH },
  { part: 'practices', ...ofCity('practice', 'organisation_id', ['ref']), without: HASH },
  { part: 'practices', table: 'practice_revision', whose: person('author_person_id') },
  { part: 'practices', table: 'practice_transition', whose: person('actor_person_id') },
  { part: 'practices', table: 'practice_review', whose: person() },
  { part: 'practices', table: 'practice_useful', whose: person() },
  { part: 'practices', table: 'practice_folder', whose: account },
  { part: 'practices', ...ofCity('transfer', 'to_organisation_id', ['practice_id', 'owner_name', 'owner_function']) },
  { part: 'projects', ...ofCity('project', 'organisation_id', ['ref', 'owner_name', 'owner_function']), without: HASH },
  { part: 'projects', table: 'project_city', whose: `${person('joined_by')} OR ${person('left_by')}` },
  { part: 'projects', table: 'project_transition', whose: person('actor_person_id') },
  { part: 'projects', table: 'project_update', whose: person('author_person_id'), without: HASH },
  { part: 'projects', table: 'project_follow', whose: account },
  { part: 'projects', ...ofCity('need', 'organisation_id', ['owner_name', 'owner_function']), without: HASH },
  { part: 'projects', ...ofCity('offer', 'organisation_id', ['owner_name', 'owner_function']), without: HASH },
  { part: 'reading', table: 'read_position', whose: account },
  { part: 'reading', table: 'follow', whose: account },
  { part: 'drafts', table: 'draft', whose: account },
  { part: 'searches', table: 'saved_search', whose: account },
  { part: 'moderation', table: 'report', whose: 'x.reporter_account_id = $1', without: HASH },
  { part: 'moderation', table: 'moderation_case', whose: person('author_person_id'), without: ['claimed_by', 'given_to', 'told_to'] },
  { part: 'moderation', table: 'moderation_decision', whose: person('author_person_id'), without: [...HASH, 'decided_by'] },
  { part: 'moderation', table: 'moderation_appeal', whose: person('author_person_id'), without: ['answered_by'] },
  { part: 'moderation', table: 'moderation_note', whose: person('author_person_id') },
  { part: 'moderation', table: 'moderation_rule_version', whose: person('edited_by') },
  { part: 'moderation', table: 'prepared_reason_version', whose: person('edited_by') },
  { part: 'moderation', table: 'sanction', whose: person() },
  { part: 'moderation', table: 'newcomer_mark', whose: account, without: ['claimed_by', 'seen_by'] },
  // That one wrote it, not what it looks for: that is for those who moderate there now.
  { part: 'moderation', table: 'watch_rule', whose: person('created_by'), without: [...HASH, 'name', 'definition', 'updated_by', 'updated_function'] },
  { part: 'moderation', table: 'thread_act', whose: person('actor_person_id') },
  // An opinion is written for the capital; whoever opened the candidature did not write it.
  { part: 'records', table: 'accession', whose: person('opinion_person_id'), without: [...HASH, 'opened_by'] },
  { part: 'records', table: 'accession', whose: person('opened_by'), without: [...HASH, 'opinion', 'opinion_words', 'opinion_person_id', 'opinion_by', 'opinion_on', 'opinion_by_letter'] },
  { part: 'records', table: 'accession_document', whose: person('moved_by') },
  { part: 'records', table: 'accession_decision', whose: person('recorded_by'), without: HASH },
  { part: 'records', table: 'audit_entry', whose: `(x.subject_kind = 'account' AND x.subject_id = ($1::uuid)::text) OR (x.subject_kind = 'person' AND x.subject_id = ($2::uuid)::text) OR x.actor_person_id = $2` },
  { part: 'records', table: 'data_export', whose: account, without: ['storage_key'] },
  { part: 'records', table: 'erasure', whose: account },
];

/** Tables that point to people or accounts and hold nothing about them that is not told elsewhere, with the reason. */
export const ELSEWHERE: Record<string, string> = {
  event: 'Ids and kinds of facts about what stands in the other tables; kept for a set time.',
  totp: 'A sealed secret; the security page says whether one is in place.',
  recovery_code: 'Hashes only; the security page says how many are left.',
  sign_in_challenge: 'A hash, for ten minutes.',
  oidc_attempt: 'Hashes and a sealed secret, for ten minutes.',
  passkey_challenge: 'A hash, for five minutes.',
};

/** SQL of the rows of a section as JSON. */
export const rowsOf = (section: Section) => `SELECT ${given(section)} AS row FROM ${section.table} x WHERE ${needsBoth(section.whose)}`;
export const countOf = ({ table, whose }: Section) => `SELECT count(*) AS count FROM ${table} x WHERE ${needsBoth(whose)}`;

function given({ without = [], only, whole }: Section): string {
  const all = `to_jsonb(x) ${without.map((column) => `- '${column}'`).join(' ')}`;
  if (!only) return all;
  const some = `jsonb_build_object(${only.map((column) => `'${column}', x.${column}`).join(', ')})`;
  return whole ? `CASE WHEN ${whole} THEN ${all} ELSE ${some} END` : some;
}

// Both parameters have a type in each statement, whichever of them it uses.
const needsBoth = (whose: string) => `(${whose}) AND $1::uuid IS NOT NULL AND $2::uuid IS NOT NULL`;
