import type { Naming } from '@passerelle/contract';
import { type AttachmentText, collectAttachments } from '../attachment-text/index.js';
import type { Sql } from '../platform/index.js';
import { type Entry, entryOf, openKeyOf, SCOPES, usefulnessOf } from './entry.js';
import type { Thesaurus } from './thesaurus.js';

interface Owner extends Record<string, unknown> {
  id: string; position: number | null; ref: string | null; language: 'fr' | 'en'; theme_id: string | null; concepts: string[]; organisation: string; country: string; population: number | null; created_at: string; year: number; author: string | null; naming: Naming; has_guests: boolean; type: string; bytes: number;
}

/** Attachments by the text of their pages, for whoever may read what they belong to. Of an open practice, public ones for guests too. */
export async function collectDocuments(tx: Sql, ids: string[], thesaurus: Thesaurus): Promise<Entry[]> {
  const documents = await collectAttachments(tx, ids);
  const owners = new Map((await tx.rows<Owner>(OWNERS, [documents.map((document) => document.attachmentId)])).map((owner) => [owner.id, owner]));
  return documents.flatMap((document) => {
    const owner = owners.get(document.attachmentId);
    if (!owner) return [];
    const entry = documentEntry(document, owner, thesaurus);
    return document.openToVisitors ? [entry, { ...entry, key: openKeyOf('document', entry.id), scope: SCOPES.guests }] : [entry];
  });
}

function documentEntry({ attachmentId, owner, fileName, title, pages }: AttachmentText, of: Owner, thesaurus: Thesaurus): Entry {
  return entryOf({
    kind: 'document', id: attachmentId, scope: scopeOf(owner, of), language: of.language, title: title || fileName, body: pages.map((page) => page.text).join('\n'), pages,
    ...(of.naming === 'shown' && { names: of.organisation, place: { name: of.organisation, country: of.country }, author: of.author }), file: { type: of.type, bytes: of.bytes }, url: urlOf(owner, of), date: of.created_at, usefulness: usefulnessOf('document', { at: of.created_at }, Date.now()),
    facets: {
      ...(of.theme_id && { theme: [of.theme_id] }), concept: of.concepts, year: [String(of.year)],
      ...(of.naming === 'shown' && { country: [of.country], size: [thesaurus.sizeOf(of.population)], city: [of.organisation] }),
    },
  });
}

function scopeOf(owner: AttachmentText['owner'], { has_guests }: Owner): string {
  if (owner.kind !== 'post') return SCOPES.members;
  return has_guests ? SCOPES.thread(owner.spaceId, owner.threadId) : SCOPES.space(owner.spaceId);
}

function urlOf(owner: AttachmentText['owner'], { ref, position }: Owner): string {
  if (owner.kind === 'post') return `/fils/${owner.threadId}#m${position}`;
  return owner.kind === 'practice' ? `/pratiques/${ref}` : `/projets/${ref}`;
}

const OWNERS = `
  SELECT a.id, a.type, a.bytes, p.position, coalesce(pr.ref, j.ref) AS ref, coalesce(p.language, pr.language, j.language) AS language, coalesce(t.theme_id, pr.theme_id, j.theme_id) AS theme_id, coalesce(t.concepts, pr.concepts, j.concepts, '{}') AS concepts,
    coalesce(o.name, pr.city_name) AS organisation, coalesce(o.country, pr.country) AS country, o.population, a.created_at, extract(year FROM a.created_at)::int AS year, p.author_function AS author, coalesce(t.naming, 'shown') AS naming, EXISTS (SELECT 1 FROM thread_guest g WHERE g.thread_id = t.id) AS has_guests
  FROM attachment a LEFT JOIN post p ON p.id = a.post_id LEFT JOIN thread t ON t.id = p.thread_id LEFT JOIN practice pr ON pr.id = a.practice_id LEFT JOIN project j ON j.id = a.project_id
    LEFT JOIN organisation o ON o.id = coalesce(p.author_organisation_id, pr.organisation_id, j.organisation_id)
  WHERE a.id = ANY($1::uuid[])`;
