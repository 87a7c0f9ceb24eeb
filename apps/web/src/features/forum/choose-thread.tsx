import { fold } from '@passerelle/text';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useI18n } from '../../i18n';
import { Loaded, Sheet } from '../../ui';
import { threadsQuery } from './forum.api';
import { spaceName } from './words';

/** Picks one of the open threads, by title. */
export function ChooseThread({
  title,
  except,
  onChoose,
  onClose,
}: {
  title: string;
  except?: string;
  onChoose: (thread: string) => void;
  onClose: () => void;
}) {
  const { t, lang } = useI18n();
  const [words, setWords] = useState('');
  const threads = useInfiniteQuery(threadsQuery({}));
  const id = useId();
  return (
    <Sheet title={title} onClose={onClose}>
      <div className="body">
        <label htmlFor={id}>{t('forum.out.chooseFilter')}</label>
        <input className="in" id={id} type="search" value={words} onChange={(event) => setWords(event.target.value)} />
        <p className="hint mt-2">{t('forum.out.chooseHint')}</p>
        <Loaded query={threads}>
          {({ pages }) => {
            const rows = pages
              .flatMap((page) => page.items)
              .filter((row) => row.id !== except && row.status !== 'closed' && fold(row.title).includes(fold(words)));
            if (rows.length === 0) return <p className="soft">{t('forum.out.none')}</p>;
            return (
              <ul className="list">
                {rows.slice(0, 20).map((row) => (
                  <li key={row.id}>
                    <div>
                      <button type="button" className="linkish" onClick={() => onChoose(row.id)}>
                        {row.title}
                      </button>
                      <span className="meta">{spaceName(row.space, lang)}</span>
                    </div>
                  </li>
                ))}
              </ul>
            );
          }}
        </Loaded>
      </div>
    </Sheet>
  );
}
