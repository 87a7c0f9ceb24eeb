import type { HeldKind, Naming } from '@passerelle/contract';
import type { Mentioned } from '../organisations/index.js';
import type { Sql } from '../platform/index.js';
import type { Finding } from '../watch/index.js';

/** What else is needed to make what is held, by its kind. */
export interface Proposal {
  /** Of a reply: what it answers. */
  replyTo?: string | null;
  /** Of an edit: the version that it replaces. */
  version?: number;
  /** Of a thread. */
  thread?: { kind: string; theme: string | null; practice: string | null; naming: Naming };
}

/** Something written that a rule has caught: nobody but its author and moderation knows of it until it is let through. */
export interface HeldPost {
  id: string; kind: HeldKind; state: 'waiting' | 'published' | 'refused' | 'withdrawn'; case_id: string; settled_by: string | null;
  thread_id: string | null; space_id: string | null; post_id: string | null;
  title: string; body: string; html: string; language: 'fr' | 'en'; mentions: Mentioned[]; attachments: string[]; proposal: Proposal; rules: Finding[];
  author_person_id: string; author_organisation_id: string; author_name: string; author_function: string; delegation_id: string | null; request_hash: Buffer; created_at: string;
}
export type HeldContent = Omit<HeldPost, 'state' | 'case_id' | 'settled_by' | 'created_at'>;

const COLUMNS = `id, kind, state, case_id, settled_by, thread_id, space_id, post_id, title, body, html, language, mentions, attachments, proposal, rules, author_person_id, author_organisation_id, author_name, author_function, delegation_id, request_hash, created_at`;

/** @returns whether it was added; an id that is there already is left as it is. */
export async function insertHeld(tx: Sql, held: HeldContent, caseId: string): Promise<boolean> {
  const added = await tx.run(
    `INSERT INTO held_post (id, kind, case_id, thread_id, space_id, post_id, title, body, html, language, mentions, attachments, proposal, rules, author_person_id, author_organisation_id, author_name, author_function, delegation_id, request_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) ON CONFLICT (id) DO NOTHING`,
    [held.id, held.kind, caseId, held.thread_id, held.space_id, held.post_id, held.title, held.body, held.html, held.language, JSON.stringify(held.mentions), held.attachments, JSON.stringify(held.proposal), JSON.stringify(held.rules),
      held.author_person_id, held.author_organisation_id, held.author_name, held.author_function, held.delegation_id, held.request_hash]);
  return added > 0;
}

/** Locks what is held. Its case is locked before it. */
export const lockHeld = (tx: Sql, id: string) => tx.row<HeldPost & Record<string, unknown>>(`SELECT ${COLUMNS} FROM held_post WHERE id = $1 FOR UPDATE`, [id]);

/** What was refused keeps its words while its author may contest; of what appeared or was taken back nothing is kept here. */
export async function settleHeld(tx: Sql, id: string, state: 'published' | 'refused' | 'withdrawn', by: string | null): Promise<void> {
  const words = state === 'refused' ? '' : `, title = '', body = '', html = '', mentions = '[]', attachments = '{}', rules = '[]'`;
  await tx.run(`UPDATE held_post SET state = $2, settled_at = now(), settled_by = $3${words} WHERE id = $1`, [id, state, by]);
}

/** A refusal was taken back: it waits again, unless its author has sent another text for the same message since. @returns whether it waits. The thread is locked. */
export async function reopenHeld(tx: Sql, id: string): Promise<boolean> {
  const waits = await tx.run(
    `UPDATE held_post h SET state = 'waiting', settled_at = NULL, settled_by = NULL WHERE id = $1 AND state = 'refused'
       AND NOT (kind = 'edit' AND EXISTS (SELECT 1 FROM held_post n WHERE n.post_id = h.post_id AND n.kind = 'edit' AND n.state = 'waiting'))`, [id]);
  if (waits === 0) await settleHeld(tx, id, 'withdrawn', null);
  return waits > 0;
}
