import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { withQuery } from '../../app/api';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Icon } from '../../ui';
import { recentSearches } from './recent';
import { SearchField } from './search-field';

/** The search over any screen. Escape, the cross and a tap beside it close it; the focus returns to where it was. */
export default function SearchBox({ typed, onClose }: { typed: string; onClose: () => void }) {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const [words, setWords] = useState(typed);
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const recent = recentSearches(useMe().account.id);
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    input.current?.focus();
    return () => {
      element?.close();
      // A page that was opened takes the focus after this.
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const search = (q: string) => {
    onClose();
    navigate(withQuery('/recherche', { q }));
  };
  return (
    <dialog ref={dialog} className="find-box" aria-label={t('search.title')} onCancel={(event) => (event.preventDefault(), onClose())} onClick={(event) => event.target === dialog.current && onClose()}>
      <SearchField id="q-box" words={words} input={input} onWords={setWords} onSearch={search} onLeave={onClose} always>
        <button type="button" className="btn btn-q btn-i" aria-label={t('common.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </SearchField>
      {words.trim() === '' && (
        <nav aria-label={t('search.box.more')}>
          {recent.map((q) => (
            <Link key={q} className="btn btn-q" href={withQuery('/recherche', { q })} onClick={onClose}>
              <Icon name="history" small />
              {q}
            </Link>
          ))}
          <Link className="btn btn-q" href="/recherche" onClick={onClose}>
            <Icon name="next" small />
            {t('search.box.page')}
          </Link>
        </nav>
      )}
    </dialog>
  );
}
