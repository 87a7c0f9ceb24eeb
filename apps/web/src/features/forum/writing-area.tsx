import type { MentionTarget } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { myCapacity, useMe } from '../../app/queries';
import { type Lang, useI18n } from '../../i18n';
import { announce, Capacity, Flag, Icon, type IconName } from '../../ui';
import { mentionTargetsQuery } from './forum.api';
import { BODY_MAX } from './limits';
import { findMentions, mentionAt } from './mentions';

interface Props {
  id: string;
  label: string;
  hideLabel?: boolean;
  hint?: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  onSubmit?: () => void;
  /** Cities that take part already: proposed first. */
  cities?: Set<string>;
  problem?: string | undefined;
  tools: boolean;
  rows?: number;
  autoFocus?: boolean;
}

/** Who may be meant by the `@…` before the cursor, and the keys that choose among them. */
function useMentions(value: string, cursor: number, cities: Set<string>, onChoose: (target: MentionTarget, from: number) => void) {
  const [closed, setClosed] = useState(-1);
  const [chosen, setChosen] = useState(0);
  const country = myCapacity(useMe())?.organisation.country;
  const mention = mentionAt(value, cursor);
  const open = mention !== null && mention.from !== closed;
  const targets = useQuery({ ...mentionTargetsQuery, enabled: open });
  const proposals = open && targets.data ? findMentions(targets.data, mention.words, { cities, country }) : [];
  const choose = (target: MentionTarget) => {
    if (!mention) return;
    setClosed(mention.from);
    onChoose(target, mention.from);
  };
  /** @returns whether the key was meant for the list. */
  const take = (key: string): boolean => {
    const target = proposals[chosen] ?? proposals[0];
    if (!target) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) setChosen((chosen + step + proposals.length) % proposals.length);
    else if (key === 'Enter' || key === 'Tab') choose(target);
    else if (key === 'Escape') setClosed(mention?.from ?? -1);
    else return false;
    return true;
  };
  return { proposals, chosen, choose, take, restart: () => setChosen(0) };
}

function fit(element: HTMLTextAreaElement): void {
  element.style.height = 'auto';
  element.style.height = `${element.scrollHeight + 2}px`;
}

/** A growing text area with Markdown marks, `@` answered from the device, and a counter near the bound. */
export function WritingArea({
  id,
  label,
  hideLabel,
  hint,
  placeholder,
  value,
  onChange,
  onSubmit,
  cities = NOBODY,
  problem,
  tools,
  rows = 1,
  autoFocus = false,
}: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState(0);
  // Where the cursor belongs after a text of ours was put in: set before the next key is typed.
  const caret = useRef<number | null>(null);
  const listId = useId();
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    fit(element);
    if (caret.current === null) return;
    element.focus();
    element.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [value]);
  useEffect(() => {
    if (autoFocus) area.current?.focus();
  }, [autoFocus]);
  useEffect(() => {
    // A turned phone breaks the lines elsewhere.
    const refit = () => area.current && fit(area.current);
    window.addEventListener('resize', refit);
    return () => window.removeEventListener('resize', refit);
  }, []);
  const mentions = useMentions(value, cursor, cities, (target, from) => {
    caret.current = from + target.label.length + 2;
    setCursor(caret.current);
    onChange(`${value.slice(0, from)}@${target.label} ${value.slice(cursor)}`);
  });
  const keys = (event: KeyboardEvent) => {
    const sends = (event.ctrlKey || event.metaKey) && event.key === 'Enter';
    if (sends) onSubmit?.();
    if (sends || mentions.take(event.key)) event.preventDefault();
  };
  const open = mentions.proposals.length > 0;
  return (
    <div>
      <label className={hideLabel ? 'vh' : undefined} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {tools && <Marks area={area} value={value} onChange={onChange} />}
      {open && <Proposals id={listId} targets={mentions.proposals} chosen={mentions.chosen} onChoose={mentions.choose} />}
      <textarea
        ref={area}
        className="in"
        id={id}
        rows={rows}
        placeholder={placeholder}
        value={value}
        aria-describedby={hint && `${id}-hint`}
        aria-invalid={problem !== undefined || value.length > BODY_MAX}
        aria-autocomplete="list"
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open ? `${listId}-${mentions.chosen}` : undefined}
        onChange={(event) => {
          onChange(event.target.value);
          setCursor(event.target.selectionStart);
          mentions.restart();
        }}
        onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
        onKeyDown={keys}
      />
      <BoundsNote left={BODY_MAX - value.length} problem={problem} />
    </div>
  );
}

const NOBODY = new Set<string>();

function Proposals({
  id,
  targets,
  chosen,
  onChoose,
}: {
  id: string;
  targets: MentionTarget[];
  chosen: number;
  onChoose: (target: MentionTarget) => void;
}) {
  const { t } = useI18n();
  useEffect(() => announce(t('forum.compose.mentionCount', { count: targets.length })), [targets.length, t]);
  return (
    <ul className="listbox" role="listbox" id={id} aria-label={t('forum.compose.mentions')}>
      {targets.map((target, index) => (
        <li
          key={target.label + target.organisationSlug}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          onPointerDown={(event) => (event.preventDefault(), onChoose(target))}
        >
          <Flag country={target.country} />
          {target.function ? <Capacity title={target.function} city={target.organisation} /> : <b>{target.organisation}</b>}
        </li>
      ))}
    </ul>
  );
}

/** The counter near the bound, and what keeps the text from leaving. */
function BoundsNote({ left, problem }: { left: number; problem: string | undefined }) {
  const { t } = useI18n();
  return (
    <>
      {left < 1_000 && (
        <p className={left < 0 ? 'err' : 'meta'}>
          {left < 0 ? t('forum.compose.over', { count: -left }) : t('forum.compose.left', { count: left })}
        </p>
      )}
      {problem && (
        <p className="err" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

interface Mark {
  key: 'bold' | 'italic' | 'list' | 'quote' | 'link';
  /** What stands on the button: an icon, or a letter of the language. */
  icon?: IconName;
  sign?: Record<Lang, string>;
  before: string;
  after: string;
}

const MARKS: Mark[] = [
  { key: 'bold', sign: { fr: 'G', en: 'B' }, before: '**', after: '**' },
  { key: 'italic', sign: { fr: 'I', en: 'I' }, before: '*', after: '*' },
  { key: 'list', icon: 'list', before: '\n- ', after: '' },
  { key: 'quote', sign: { fr: '«', en: '“' }, before: '\n> ', after: '' },
  { key: 'link', icon: 'globe', before: '[', after: '](https://)' },
];

function Marks({
  area,
  value,
  onChange,
}: {
  area: React.RefObject<HTMLTextAreaElement | null>;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t, lang } = useI18n();
  const wrap = (before: string, after: string) => {
    const element = area.current;
    if (!element) return;
    const { selectionStart: from, selectionEnd: to } = element;
    onChange(value.slice(0, from) + before + value.slice(from, to) + after + value.slice(to));
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(from + before.length, to + before.length);
    });
  };
  return (
    <div className="row marks" role="group" aria-label={t('forum.compose.tools')}>
      {MARKS.map(({ key, icon, sign, before, after }) => (
        <button
          key={key}
          type="button"
          className="btn btn-q btn-i"
          aria-label={t(`forum.compose.${key}`)}
          onClick={() => wrap(before, after)}
        >
          {icon && <Icon name={icon} small />}
          {sign && <b aria-hidden="true">{sign[lang]}</b>}
        </button>
      ))}
    </div>
  );
}
