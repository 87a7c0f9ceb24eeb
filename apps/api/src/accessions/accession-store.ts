import type { AccessionDecisionBody, AccessionState } from '@passerelle/contract';
import { type AuditDetail, recordAudit } from '../audit/index.js';
import { type Actor, enqueueMail, NotFound, type Sql, StaleVersion } from '../platform/index.js';
import type { Write } from '../realtime/index.js';
import { accessionMail, type AccessionNews } from './accession-mail.js';
import type { AccessionFacts } from './accession.policy.js';
import { COLUMNS, FACTS, FROM, IN_OFFICE, SECRETARIAT } from './accession.sql.js';

export interface Stored extends AccessionFacts, Record<string, unknown> {
  id: string; version: number; state: AccessionState; openedAt: string; sought: 'member' | 'associate'; organisation: { name: string }; capitalName: string | null; words: string; by: string; on: string | null; letter: boolean;
}

/** The candidature as it is now, for a write that changes it. @throws NotFound */
export async function lockAccession(tx: Sql, id: string): Promise<Stored> {
  // First the lock, then what hangs on it: what others have just written is seen.
  if (!(await tx.row('SELECT 1 FROM accession WHERE id = $1 FOR UPDATE', [id]))) throw new NotFound();
  const stored = await tx.row<Stored>(`SELECT ${COLUMNS}, ${FACTS} ${FROM} WHERE a.id = $1`, [id]);
  if (!stored) throw new NotFound();
  return stored;
}

export function assertVersion(stored: Stored, version: number): void {
  if (stored.version !== version) throw new StaleVersion(stored.version);
}

type AccessionAct = 'opened' | 'document-moved' | 'document-handed-in' | 'opinion-asked' | 'opinion-given' | AccessionDecisionBody['outcome'];

/** Every change of a candidature: its version moves, the record of administration has a line, members learn that it moved. */
export async function tellMoved({ tx, record }: Write, actor: Actor, id: string, act: AccessionAct, detail: AuditDetail = {}): Promise<void> {
  await tx.run('UPDATE accession SET version = version + 1 WHERE id = $1', [id]);
  await recordAudit(tx, actor, { act: `accession.${act}`, subjectKind: 'accession', subjectId: id, detail });
  record({ type: 'accession.moved', audience: 'members', subject: id });
}

type Reader = { email: string; language: 'fr' | 'en' };
export const officials = (tx: Sql, organisation: string | null, { signing = false } = {}): Promise<Reader[]> =>
  organisation === null ? Promise.resolve([]) : tx.rows<Reader & Record<string, unknown>>(IN_OFFICE, [organisation, signing]);
export const secretariat = (tx: Sql): Promise<Reader[]> => tx.rows<Reader & Record<string, unknown>>(SECRETARIAT);

/** Leaves a mail for each, in the language of each; nobody gets two. */
export async function tell(tx: Sql, readers: readonly Reader[], news: AccessionNews, about: { candidate: string; capital: string | null; link: string; words?: string }): Promise<void> {
  const byAddress = new Map(readers.map((reader) => [reader.email, reader]));
  for (const { email, language } of byAddress.values()) await enqueueMail(tx, { to: email, ...accessionMail(news, { language, ...about }) });
}
