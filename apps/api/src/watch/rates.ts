import { createHash } from 'node:crypto';
import { foldSeen } from './words.js';

export interface Written {
  /** The message, so that none counts twice. */
  id: string;
  space: string;
  at: number;
  /** Of its words as they are compared; empty while they are not known. */
  words: string;
}

/** Of one person: enough for the highest count that a rule may ask for. */
const KEPT = 100;
const HASH_LENGTH = 16;

/** Tells the words of a message from others: case, accents and punctuation do not count. */
export const hashOfWords = (text: string) => createHash('sha256').update(foldSeen(text)).digest('base64url').slice(0, HASH_LENGTH);

/** Who wrote when, for as long as the longest rule looks back. In memory: a rule about pace must not cost a question to the database for each message. */
export class Rates {
  private readonly people = new Map<string, Written[]>();
  private readonly known = new Map<string, Written>();

  /** Notes a message; what was not known of it when it was noted first is filled in. */
  add(person: string, written: Written): void {
    const known = this.known.get(written.id);
    if (known) {
      known.words ||= written.words;
      return;
    }
    this.known.set(written.id, written);
    this.keep(person, [...(this.people.get(person) ?? []), written]);
  }

  /** Of these messages the ones whose words are not known. */
  wordless(ids: string[]): string[] {
    return ids.filter((id) => this.known.get(id)?.words === '');
  }

  /** Messages of a person since a moment, the oldest first. */
  since(person: string, from: number): Written[] {
    return (this.people.get(person) ?? []).filter(({ at }) => at > from);
  }

  /** Forgets what no rule looks back to. */
  prune(before: number): void {
    for (const [person, list] of this.people) if ((list[0]?.at ?? 0) <= before) this.keep(person, list, before);
  }

  clear(): void {
    this.people.clear();
    this.known.clear();
  }

  private keep(person: string, list: Written[], after = 0): void {
    const kept = list.filter(({ at }) => at > after).slice(-KEPT);
    for (const { id } of list.slice(0, list.length - kept.length)) this.known.delete(id);
    if (kept.length > 0) this.people.set(person, kept);
    else this.people.delete(person);
  }
}
