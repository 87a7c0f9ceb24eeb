import type { PracticeContent } from '@passerelle/contract';
import { type Actor, InvalidInput, type Sql } from '../platform/index.js';

/** Files that an entry names, each with its place. */
export const attachmentsOf = (content: PracticeContent): { path: string; id: string }[] => [
  ...content.photos.map(({ attachment }, index) => ({ path: `photos.${index}.attachment`, id: attachment })),
  ...content.documents.map(({ attachment }, index) => ({ path: `documents.${index}.attachment`, id: attachment })),
  ...content.evidence.flatMap(({ attachment }, index) => (attachment ? [{ path: `evidence.${index}.attachment`, id: attachment }] : [])),
];

/** Pictures and documents become part of the practice, read under its rule. @throws InvalidInput for files of somebody else, and for a photo that is none. */
export async function claimFiles(tx: Sql, actor: Actor, practiceId: string, content: PracticeContent): Promise<void> {
  const named = attachmentsOf(content);
  if (named.length === 0) return;
  const ids = [...new Set(named.map(({ id }) => id))];
  await tx.run('UPDATE attachment SET practice_id = $1 WHERE id = ANY($2::uuid[]) AND owner_account_id = $3 AND post_id IS NULL AND practice_id IS NULL AND project_id IS NULL AND accession_document_id IS NULL', [practiceId, ids, actor.accountId]);
  const own = await tx.rows<{ id: string; type: string }>('SELECT id, type FROM attachment WHERE id = ANY($1::uuid[]) AND practice_id = $2', [ids, practiceId]);
  const types = new Map(own.map((file) => [file.id, file.type]));
  for (const { path, id } of named) {
    const type = types.get(id);
    if (type === undefined) throw new InvalidInput(`content.${path}`, 'not_found');
    if (path.startsWith('photos.') && !type.startsWith('image/')) throw new InvalidInput(`content.${path}`, 'not_an_image');
  }
}
