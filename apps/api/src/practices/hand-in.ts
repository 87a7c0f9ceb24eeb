import type { PracticeActionBody } from '@passerelle/contract';
import { type Actor, assertSpeaks, InvalidInput, type Sql } from '../platform/index.js';
import type { StoredPractice } from './practice-store.js';

/**
 * The secretariat submits what it has written itself for somebody in office without access: from now on it is their city's. No draft of the
 * city is read or changed by this. @returns the practice as the city's. @throws DomainError `delegation-ended`, InvalidInput
 */
export async function handIn(tx: Sql, actor: Actor, practice: StoredPractice, { action, delegation }: Pick<PracticeActionBody, 'action' | 'delegation'>): Promise<StoredPractice> {
  await assertSpeaks(tx, actor, delegation, 'SELECT theme_id FROM practice WHERE id = $3', [practice.id]);
  const city = await tx.row<{ id: string; country: string }>(`SELECT o.id, o.country FROM delegation d JOIN mandate m ON m.id = d.from_mandate_id JOIN organisation o ON o.id = m.organisation_id WHERE d.id = $1 AND d.scope = 'stand-in'`, [delegation]);
  if (!city || action !== 'submit' || delegation === undefined) throw new InvalidInput('delegation', 'not_found');
  // A project of the secretariat is none of the city.
  if (practice.content.linkedProject) throw new InvalidInput('content.linkedProject', 'not_found');
  await tx.run('UPDATE practice p SET organisation_id = o.id, city_name = o.name, country = o.country FROM organisation o WHERE p.id = $1 AND o.id = $2', [practice.id, city.id]);
  return { ...practice, organisationId: city.id, country: city.country, delegation };
}
