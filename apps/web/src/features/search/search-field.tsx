import { SEARCH_KINDS, type SearchKind, type Suggestions } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, type RefObject, type SyntheticEvent, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useI18n } from '../../i18n';
import { Flag, Icon, type IconName } from '../../ui';
import { QUERY_MAX, suggestQuery } from './search.api';
import './search.css';

export const KIND_ICONS: Record<SearchKind, IconName> = { practice: 'book', thread: 'chat', post: 'reply', city: 'city', project: 'compare', person: 'people', need: 'bulb', offer: 'shared', document: 'doc' };
const DEBOUNCE_MS = 80;
/** Nothing of the list: Enter takes the words as they are. */
const NONE = -1;
type Proposal = Suggestions['hits'][number];

interface Props {
  id: string;
  words: string;
  input: RefObject<HTMLInputElement | null>;
  onWords: (words: string) => void;
  onSearch: (words: string) => void;
  /** Told before a proposal is opened. */
  onLeave?: () => void;
  /** The list has its own place under the field, and stays there. */
  always?: boolean;
  /** Beside the button. */
  children?: ReactNode;
}

/** The field for words, with what they may lead to: at most five proposals of each kind while somebody types. */
export function SearchField({ id, words, input, onWords, onSearch, onLeave, always = false, children }: Props) {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState(always);
  const [chosen, setChosen] = useState(NONE);
  const { groups, flat, said } = useProposals(words, open);
  const shown = open && flat.length > 0;
  const goTo = (proposal: Proposal) => {
    setOpen(false);
    onLeave?.();
    navigate(proposal.url);
  };
  const search = (event: SyntheticEvent) => {
    event.preventDefault();
    setOpen(false);
    onSearch(words.trim());
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const proposal = shown ? flat[chosen] : undefined;
    if (step) {
      setOpen(true);
      // One place more than proposals: the field itself.
      setChosen(((chosen + 1 + step + flat.length + 1) % (flat.length + 1)) - 1);
    } else if (event.key === 'Enter' && proposal && !event.nativeEvent.isComposing) goTo(proposal);
    else if (event.key === 'Escape' && shown && !always) setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <form className={always ? 'q' : 'q q-float'} role="search" onSubmit={search} onBlur={(event) => always || event.currentTarget.contains(event.relatedTarget) || setOpen(false)}>
      <label className="vh" htmlFor={id}>
        {t('search.words')}
      </label>
      <input
        ref={input}
        className="in"
        id={id}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        maxLength={QUERY_MAX}
        value={words}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? `${id}-list` : undefined}
        aria-activedescendant={shown && flat[chosen] ? `${id}-${chosen}` : undefined}
        onKeyDown={keys}
        onChange={(event) => {
          onWords(event.target.value);
          setOpen(true);
          setChosen(NONE);
        }}
      />
      <button className="btn btn-p btn-i" type="submit" aria-label={t('search.submit')}>
        <Icon name="search" />
      </button>
      {children}
      <p className="vh" role="status">
        {said}
      </p>
      {shown && <Proposals id={id} groups={groups} chosen={flat[chosen]} onChoose={goTo} />}
    </form>
  );
}

interface Group {
  kind: SearchKind;
  hits: (Proposal & { index: number })[];
}

/** Proposals by kind, in the order of the kinds; the last ones stay until the next have come. */
function useProposals(words: string, open: boolean) {
  const { t } = useI18n();
  const settled = useSettled(words);
  const query = suggestQuery(settled);
  const { data, isPlaceholderData } = useQuery({ ...query, enabled: query.enabled && open, placeholderData: keepPreviousData });
  const found = query.enabled && words.trim() !== '' ? (data?.hits ?? []) : [];
  const flat = SEARCH_KINDS.flatMap((kind) => found.filter((hit) => hit.kind === kind)).map((hit, index) => ({ ...hit, index }));
  const groups = SEARCH_KINDS.map((kind): Group => ({ kind, hits: flat.filter((hit) => hit.kind === kind) })).filter(({ hits }) => hits.length > 0);
  const said = open && query.enabled && data && !isPlaceholderData ? t('search.box.count', { count: flat.length }) : '';
  return { groups, flat, said };
}

/** A text as soon as nobody has changed it for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function Proposals({ id, groups, chosen, onChoose }: { id: string; groups: Group[]; chosen: Proposal | undefined; onChoose: (proposal: Proposal) => void }) {
  const { t, countryName } = useI18n();
  return (
    <div className="listbox proposals" role="listbox" id={`${id}-list`} aria-label={t('search.box.proposals')}>
      {groups.map(({ kind, hits }) => (
        <ul key={kind} role="group" aria-labelledby={`${id}-${kind}`}>
          <li className="kick" role="presentation" id={`${id}-${kind}`}>
            <Icon name={KIND_ICONS[kind]} small />
            {t(`search.kind.${kind}`)}
          </li>
          {hits.map((hit) => (
            <li
              key={hit.index}
              ref={hit === chosen ? intoSight : undefined}
              id={`${id}-${hit.index}`}
              role="option"
              aria-selected={hit === chosen}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(hit)}
            >
              <span>
                {frenchTypography(hit.title)}
                {hit.page !== null && `, ${t('search.page', { n: hit.page })}`}
              </span>
              {hit.place && (
                <span className="place meta">
                  <Flag country={hit.place.country} />
                  {kind === 'city' || kind === 'person' ? countryName(hit.place.country) : hit.place.name}
                </span>
              )}
            </li>
          ))}
        </ul>
      ))}
    </div>
  );
}

const intoSight = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });
