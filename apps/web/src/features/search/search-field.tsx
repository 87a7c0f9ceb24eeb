import { SEARCH_KINDS, type SearchKind, type Suggestions } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ChangeEvent, type KeyboardEvent, type ReactNode, type RefObject, type SyntheticEvent, useEffect, useState } from 'react';
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
export function SearchField(props: Props) {
  const { id, words, input, always = false, children } = props;
  const { t } = useI18n();
  const { groups, chosen, shown, said, handlers, close, choose } = useCombobox(props);
  return (
    <form className={always ? 'q' : 'q q-float'} role="search" onSubmit={handlers.submit} onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || close()}>
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
        aria-activedescendant={chosen ? `${id}-${chosen.index}` : undefined}
        onKeyDown={handlers.keys}
        onChange={handlers.change}
      />
      <button className="btn btn-p btn-i" type="submit" aria-label={t('search.submit')}>
        <Icon name="search" />
      </button>
      {children}
      <p className="vh" role="status">
        {said}
      </p>
      {shown && <Proposals id={id} groups={groups} chosen={chosen} onChoose={choose} />}
    </form>
  );
}

/** Whether the list is open and what of it is chosen; the keys that move the choice while the focus stays in the field. */
function useCombobox({ words, onWords, onSearch, onLeave, always = false }: Props) {
  const [, navigate] = useLocation();
  const [open, setOpen] = useState(always);
  const [place, setPlace] = useState(NONE);
  const { groups, flat, said } = useProposals(words, open);
  const shown = open && flat.length > 0;
  const chosen = shown ? flat[place] : undefined;
  const close = () => setOpen(always);
  const choose = (proposal: Proposal) => {
    close();
    onLeave?.();
    navigate(proposal.url);
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      setOpen(true);
      // One place more than proposals: the field itself.
      setPlace(((place + 1 + step + flat.length + 1) % (flat.length + 1)) - 1);
    } else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) choose(chosen);
    else if (event.key === 'Escape' && shown && !always) close();
    else return;
    event.preventDefault();
  };
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    onWords(event.target.value);
    setOpen(true);
    setPlace(NONE);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    close();
    onSearch(words.trim());
  };
  return { groups, chosen, shown, said, close, choose, handlers: { keys, change, submit } };
}

/** A proposal with its place in the whole list. */
type Placed = Proposal & { index: number };
interface Group {
  kind: SearchKind;
  hits: Placed[];
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

function Proposals({ id, groups, chosen, onChoose }: { id: string; groups: Group[]; chosen: Placed | undefined; onChoose: (proposal: Proposal) => void }) {
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
              ref={hit.index === chosen?.index ? intoSight : undefined}
              id={`${id}-${hit.index}`}
              role="option"
              aria-selected={hit.index === chosen?.index}
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
