import type { MentionTarget } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Capacity, Flag, Icon, type IconName } from '../../ui';
import { mentionTargetsQuery } from './forum.api';
import { BODY_MAX } from './limits';
import { findMentions, mentionAt } from './mentions';

interface Props {
  id: string;
  label: string;
  hideLabel?: boolean;
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

/** A growing text area with Markdown marks, `@` answered from the device, and a counter near the bound. */
export function WritingArea({ id, label, hideLabel, placeholder, value, onChange, onSubmit, cities = new Set(), problem, tools, rows = 1, autoFocus = false }: Props) {
  const { t } = useI18n();
  const area = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState(0);
  const [closed, setClosed] = useState(-1);
  const [chosen, setChosen] = useState(0);
  const country = myCapacity(useMe())?.organisation.country;
  const mention = mentionAt(value, cursor);
  const open = mention !== null && mention.from !== closed;
  const targets = useQuery({ ...mentionTargetsQuery, enabled: open });
  const proposals = open && targets.data ? findMentions(targets.data, mention.words, { cities, country }) : [];
  const listId = useId();
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [value]);
  useEffect(() => {
    if (autoFocus) area.current?.focus();
  }, [autoFocus]);

  const insert = (target: MentionTarget) => {
    if (!mention) return;
    const next = `${value.slice(0, mention.from)}@${target.label} ${value.slice(cursor)}`;
    const place = mention.from + target.label.length + 2;
    onChange(next);
    setClosed(mention.from);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(place, place);
      setCursor(place);
    });
  };
  const keys = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
      event.preventDefault();
      onSubmit?.();
      return;
    }
    if (proposals.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setChosen((chosen + step + proposals.length) % proposals.length);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      const target = proposals[chosen] ?? proposals[0];
      if (!target) return;
      event.preventDefault();
      insert(target);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      setClosed(mention?.from ?? -1);
    }
  };
  const left = BODY_MAX - value.length;
  return (
    <div>
      <label className={hideLabel ? 'vh' : undefined} htmlFor={id}>
        {label}
      </label>
      {tools && <Marks area={area} value={value} onChange={onChange} />}
      {proposals.length > 0 && (
        <ul className="listbox" role="listbox" id={listId} aria-label={t('forum.compose.mentions')}>
          {proposals.map((target, index) => (
            <li key={target.label + target.organisationSlug} id={`${listId}-${index}`} role="option" aria-selected={index === chosen} onPointerDown={(event) => (event.preventDefault(), insert(target))}>
              <Flag country={target.country} />
              {target.function ? <Capacity title={target.function} city={target.organisation} /> : <b>{target.organisation}</b>}
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={area}
        className="in"
        id={id}
        rows={rows}
        placeholder={placeholder}
        value={value}
        aria-invalid={problem !== undefined || left < 0}
        aria-autocomplete="list"
        aria-controls={proposals.length > 0 ? listId : undefined}
        aria-activedescendant={proposals.length > 0 ? `${listId}-${chosen}` : undefined}
        onChange={(event) => {
          onChange(event.target.value);
          setCursor(event.target.selectionStart);
          setChosen(0);
        }}
        onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
        onKeyDown={keys}
      />
      {left < 1_000 && <p className={left < 0 ? 'err' : 'meta'}>{left < 0 ? t('forum.compose.over', { count: -left }) : t('forum.compose.left', { count: left })}</p>}
      {problem && (
        <p className="err" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

const MARKS: { key: 'bold' | 'italic' | 'list' | 'quote' | 'link'; icon: IconName | null; sign: string; before: string; after: string }[] = [
  { key: 'bold', icon: null, sign: 'G', before: '**', after: '**' },
  { key: 'italic', icon: null, sign: 'I', before: '*', after: '*' },
  { key: 'list', icon: 'list', sign: '', before: '\n- ', after: '' },
  { key: 'quote', icon: null, sign: '«', before: '\n> ', after: '' },
  { key: 'link', icon: 'globe', sign: '', before: '[', after: '](https://)' },
];

function Marks({ area, value, onChange }: { area: React.RefObject<HTMLTextAreaElement | null>; value: string; onChange: (value: string) => void }) {
  const { t } = useI18n();
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
        <button key={key} type="button" className="btn btn-q btn-i" aria-label={t(`forum.compose.${key}`)} onClick={() => wrap(before, after)}>
          {icon ? <Icon name={icon} small /> : <b aria-hidden="true">{sign}</b>}
        </button>
      ))}
    </div>
  );
}
