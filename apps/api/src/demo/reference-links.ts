import type { PracticeLine, SpaceLine, ThreadLine } from './data-files.js';

const REFERENCE = /\[\[((?:fil|demo)-\d+)\]\]/g;

export type LinkReferences = (text: string, from: ThreadLine) => string;

/**
 * Turns `[[demo-02]]` and `[[fil-001]]` into Markdown links named by title. The title of a thread in a closed space is
 * not told outside that space.
 */
export function referenceLinks(threads: ThreadLine[], threadIds: Map<string, string>, practices: PracticeLine[], spaces: SpaceLine[]): LinkReferences {
  const threadOf = new Map(threads.map((thread) => [thread.ref, thread]));
  const titleOf = new Map(practices.map((practice) => [practice.id, practice.title]));
  const open = new Set(spaces.filter((space) => space.access === 'open').map((space) => space.slug));
  return (text, from) => text.replace(REFERENCE, (whole, ref: string) => {
    const practice = titleOf.get(ref);
    if (practice) return link(practice, `/pratiques/${ref}`);
    const target = threadOf.get(ref);
    if (!target) return whole;
    const told = open.has(target.space) || target.space === from.space;
    return link(told ? target.title : from.language === 'en' ? 'another thread' : 'un autre fil', `/fils/${threadIds.get(ref) ?? ''}`);
  });
}

const link = (title: string, address: string) => `[${title.replace(/[[\]\\]/g, '\\$&')}](${address})`;
