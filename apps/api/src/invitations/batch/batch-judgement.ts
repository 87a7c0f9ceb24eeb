import { type BatchCode, type BatchError, type BatchLine, type InvitationBatchBody, InvitationBody } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { DomainError, type Sql } from '../../platform/index.js';
import { type Inviter, type Places, placesOf } from '../invitation-rules.js';
import { type BatchCandidate, type BatchColumn, BATCH_COLUMNS, batchError, readBatchFile } from './batch-file.js';
import { type Names, namesOfOrganisations, namesOfSpaces } from './batch-names.js';

const LANGUAGES = new Map([['fr', 'fr'], ['francais', 'fr'], ['french', 'fr'], ['en', 'en'], ['anglais', 'en'], ['english', 'en']]);
const ROLES = new Map([['member', 'member'], ['membre', 'member'], ['guest', 'guest'], ['invite', 'guest'], ['invitee', 'guest']]);
const Email = InvitationBody.shape.email;
const Day = z.iso.date();
/** What the rule of a single invitation says, as a code of the file. */
const PLACE_CODES: Record<string, [BatchColumn, BatchCode]> = {
  'organisation not_found': ['organisation', 'other_city'], 'role not_allowed': ['role', 'not_allowed'], 'space required': ['space', 'space_required'], 'space not_found': ['space', 'unknown_space'], 'space not_managed': ['space', 'not_managed'],
};

/** A line that may be sent. */
export interface Invitable {
  line: number; body: InvitationBody; places: Places;
}

export interface JudgedBatch {
  lines: number;
  ready: Invitable[];
  /** Lines whose people are known already, or that are wrong. */
  others: BatchLine[];
  errors: BatchError[];
}

/** Says of each line of the file what would become of it, by the rules of a single invitation. */
export async function judgeBatch(sql: Sql, inviter: Inviter, body: InvitationBatchBody): Promise<JudgedBatch> {
  const file = await readBatchFile(Buffer.from(body.content, 'base64'));
  const reader = new LineReader(inviter, body, await namesOfOrganisations(sql), await namesOfSpaces(sql, inviter));
  const known = await knownAmong(sql, file.candidates.flatMap(({ cells }) => Email.safeParse(cells.email).data ?? []));
  const wrong = new Set(file.errors.map(({ line }) => line));
  const judged: JudgedBatch = { lines: file.candidates.length, ready: [], others: [], errors: [...file.errors] };
  const placesFor = new Map<string, Promise<Places | DomainError>>();
  const seen = new Set<string>();
  for (const candidate of file.candidates) {
    const { line, cells } = candidate;
    const { faults, invitation } = reader.read(candidate);
    if (invitation && seen.has(invitation.email)) faults.push(['email', 'duplicate_email']);
    if (invitation) seen.add(invitation.email);
    const key = invitation ? JSON.stringify([invitation.organisation, invitation.role, invitation.space]) : '';
    if (invitation && !placesFor.has(key)) placesFor.set(key, placesOf(sql, inviter, invitation).catch(domainError));
    const places = await placesFor.get(key);
    if (places instanceof DomainError) faults.push(placeFault(places));
    judged.errors.push(...faults.map(([column, code]) => batchError(line, file.headings[column] ?? BATCH_COLUMNS[column][0], code, cells[column])));
    const standing = known.get(invitation?.email ?? '');
    const email = cells.email ?? '';
    if (faults.length > 0 || wrong.has(line) || !invitation || !places || places instanceof DomainError) judged.others.push({ line, email, outcome: 'refused' });
    else if (standing) judged.others.push({ line, email, outcome: standing });
    else judged.ready.push({ line, body: invitation, places });
  }
  judged.errors.sort((a, b) => a.line - b.line);
  return judged;
}

type Fault = [BatchColumn, BatchCode];

/** Reads the cells of one line into an invitation. */
class LineReader {
  constructor(
    private readonly inviter: Inviter,
    private readonly defaults: InvitationBatchBody,
    private readonly organisations: Names,
    private readonly spaces: Names,
  ) {}

  /** @returns what is wrong with the cells, and the invitation where nothing is. */
  read({ cells }: BatchCandidate): { faults: Fault[]; invitation: InvitationBody | null } {
    const faults: Fault[] = [];
    const fault = (column: BatchColumn, code: BatchCode) => void faults.push([column, code]);
    const email = Email.safeParse(cells.email ?? '');
    if (!email.success) fault('email', cells.email ? 'invalid_email' : 'required');
    const office = InvitationBody.shape.function.safeParse(cells.function ?? '');
    if (!office.success) fault('function', cells.function ? 'too_long' : 'required');
    const language = cells.language === undefined ? this.defaults.language : LANGUAGES.get(fold(cells.language));
    if (!language) fault('language', 'unknown_language');
    const role = cells.role === undefined ? 'member' : ROLES.get(fold(cells.role));
    if (!role) fault('role', 'unknown_role');
    const mandateUntil = cells.until === undefined ? null : dayOf(cells.until);
    if (mandateUntil === undefined) fault('until', 'invalid_date');
    else if (mandateUntil !== null && mandateUntil < new Date().toISOString().slice(0, 10)) fault('until', 'past_date');
    const organisation = this.organisation(cells.organisation, fault);
    const space = this.space(cells.space, fault);
    if (faults.length > 0) return { faults, invitation: null };
    return { faults, invitation: InvitationBody.parse({ id: uuid(), email: email.data, function: office.data, language, role, mandateUntil, organisation, space, note: this.defaults.note }) };
  }

  private organisation(text: string | undefined, fault: (column: BatchColumn, code: BatchCode) => void): string | undefined {
    // A city invites its own staff: it need not name itself on each line.
    if (text === undefined && this.inviter.role !== 'administrator') return this.inviter.capacity.organisationSlug;
    if (text === undefined) return void fault('organisation', 'required');
    const meaning = this.organisations.find(text);
    if (typeof meaning === 'object') return meaning.slug;
    return void fault('organisation', meaning === 'unknown' ? 'unknown_city' : 'ambiguous_city');
  }

  private space(text: string | undefined, fault: (column: BatchColumn, code: BatchCode) => void): string | null {
    if (text === undefined) return null;
    const meaning = this.spaces.find(text);
    if (typeof meaning === 'object') return meaning.slug;
    fault('space', meaning === 'unknown' ? 'unknown_space' : 'ambiguous_space');
    return null;
  }
}

/** A day as it is written in an office, 2027-03-31 or 31/03/2027. */
function dayOf(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  return Day.safeParse(year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text).data;
}

/** Who of these addresses has an account, or an invitation that waits. */
async function knownAmong(sql: Sql, emails: string[]): Promise<Map<string, 'member' | 'pending'>> {
  const rows = await sql.rows<{ email: string; standing: 'member' | 'pending' }>(
    `SELECT email, 'pending' AS standing FROM invitation WHERE email = ANY($1::text[]) AND redeemed_at IS NULL AND revoked_at IS NULL AND expires_at > now() AND (mandate_until IS NULL OR mandate_until >= current_date) UNION ALL SELECT email, 'member' FROM account WHERE email = ANY($1::text[])`, [emails]);
  return new Map(rows.map(({ email, standing }) => [email, standing]));
}

function domainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  throw error;
}

function placeFault(error: DomainError): Fault {
  const [first] = error.errors ?? [];
  const fault = PLACE_CODES[`${first?.path} ${first?.message}`];
  if (!fault) throw error;
  return fault;
}
