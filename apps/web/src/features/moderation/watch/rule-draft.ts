import { WATCH_TERMS_MAX, type WatchAction, type WatchDefinition, type WatchKind, type WatchRuleView } from '@passerelle/contract';

/** A rule as it is being written: every kind keeps what was typed for it. */
export interface RuleDraft {
  space: string | null;
  name: string;
  action: WatchAction;
  kind: WatchKind;
  terms: string;
  linkMode: 'watched' | 'allowed' | 'any';
  domains: string;
  newcomers: boolean;
  rateMode: 'count' | 'repeat';
  count: string;
  minutes: string;
}
export type RuleFault = 'name' | 'terms' | 'domains' | 'count' | 'minutes';

const EMPTY: RuleDraft = { space: null, name: '', action: 'hold', kind: 'words', terms: '', linkMode: 'watched', domains: '', newcomers: false, rateMode: 'count', count: '5', minutes: '10' };

export function draftOf(rule: WatchRuleView | null, space: string | null): RuleDraft {
  if (!rule) return { ...EMPTY, space };
  const { definition } = rule;
  const base = { ...EMPTY, space: rule.space?.id ?? null, name: rule.name, action: rule.action, kind: definition.kind };
  switch (definition.kind) {
    case 'words':
      return { ...base, terms: definition.terms.join('\n') };
    case 'links':
      return { ...base, linkMode: definition.mode, domains: definition.domains.join('\n'), newcomers: definition.newcomers };
    case 'rate':
      return { ...base, rateMode: definition.mode, count: String(definition.count), minutes: String(definition.minutes) };
  }
}

const lines = (text: string) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

export function definitionOf(draft: RuleDraft): WatchDefinition {
  switch (draft.kind) {
    case 'words':
      return { kind: 'words', terms: lines(draft.terms) };
    case 'links':
      return { kind: 'links', mode: draft.linkMode, domains: draft.linkMode === 'any' ? [] : lines(draft.domains), newcomers: draft.newcomers };
    case 'rate':
      return { kind: 'rate', mode: draft.rateMode, count: Number(draft.count), minutes: Number(draft.minutes) };
  }
}

const isBetween = (text: string, min: number, max: number) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;

/** What the form says before the server does. */
export function faultsOf(draft: RuleDraft): RuleFault[] {
  const faults: RuleFault[] = [];
  if (draft.name.trim().length < 3) faults.push('name');
  if (draft.kind === 'words' && (lines(draft.terms).length === 0 || lines(draft.terms).length > WATCH_TERMS_MAX)) faults.push('terms');
  if (draft.kind === 'links' && draft.linkMode === 'watched' && lines(draft.domains).length === 0) faults.push('domains');
  if (draft.kind === 'rate' && !isBetween(draft.count, 2, 100)) faults.push('count');
  if (draft.kind === 'rate' && !isBetween(draft.minutes, 1, 1_440)) faults.push('minutes');
  return faults;
}

/** The line that the server can't look for, by its place in what was sent. */
export function wrongLine(draft: RuleDraft, path: string): string | undefined {
  const [, part, place] = /^definition\.(terms|domains)\.(\d+)$/.exec(path) ?? [];
  return part === undefined ? undefined : lines(part === 'terms' ? draft.terms : draft.domains)[Number(place)];
}
