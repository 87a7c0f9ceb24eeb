import { useState } from 'react';
import { useI18n } from '../../i18n';
import { Icon, Sheet } from '../../ui';
import { asTyped, type Pattern } from './criteria';

const PATTERNS = ['city', 'country', 'theme', 'author', 'after', 'before', 'kind', 'language', 'size', 'status', 'cost', 'phrase', 'not'] as const satisfies readonly Pattern['name'][];

/** What can be asked beside words, each with an example that is typed over. */
export function AddCriterion({ onAdd }: { onAdd: (pattern: Pattern) => void }) {
  const { t, lang } = useI18n();
  const [open, setOpen] = useState(false);
  const written = (name: (typeof PATTERNS)[number], example: string) => (name === 'phrase' ? `"${example}"` : name === 'not' ? `-${example}` : asTyped({ field: name, value: example }, lang));
  return (
    <>
      <button type="button" className="btn btn-q" onClick={() => setOpen(true)}>
        <Icon name="plus" small />
        {t('search.add')}
      </button>
      {open && (
        <Sheet title={t('search.add')} onClose={() => setOpen(false)}>
          <p className="hint mt-3">{t('search.addText')}</p>
          <ul className="patterns">
            {PATTERNS.map((name) => {
              const example = t(`search.example.${name}`);
              const add = () => {
                setOpen(false);
                onAdd({ name, example });
              };
              return (
                <li key={name}>
                  <button type="button" onClick={add}>
                    <span>{t(`search.pattern.${name}`)}</span>
                    <code>{written(name, example)}</code>
                  </button>
                </li>
              );
            })}
          </ul>
        </Sheet>
      )}
    </>
  );
}
