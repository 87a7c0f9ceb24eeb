import type { CharterRule, RuleVersionView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { Icon, Loaded } from '../../ui';
import { rulesQuery } from './moderation.api';
import { RuleForm } from './rule-form';

/** The rules of exchanges, for every member to read; the secretariat words them. */
export default function RulesPage() {
  const { t } = useI18n();
  const rules = useQuery(rulesQuery);
  const words = useMe().account.role === 'administrator';
  usePage(t('moderation.rules.title'), { back: { href: '/registre', label: t('moderation.registerTitle') } });
  const list = (items: CharterRule[]) => items.map((rule) => <Rule key={`${rule.id} ${rule.version}`} rule={rule} words={words} />);
  return (
    <div>
      <h1>{t('moderation.rules.title')}</h1>
      <p className="soft mt-2">{t('moderation.rules.lead')}</p>
      <Loaded query={rules}>
        {({ items }) => (
          <>
            {list(items.filter(({ retired }) => !retired))}
            {words && <NewRule after={Math.max(0, ...items.map(({ position }) => position))} />}
            {words && items.some(({ retired }) => retired) && (
              <details className="sec">
                <summary className="btn">{t('moderation.rules.retired')}</summary>
                {list(items.filter(({ retired }) => retired))}
              </details>
            )}
          </>
        )}
      </Loaded>
      <p className="mt-5">
        <Link className="btn" href="/registre">
          {t('moderation.registerOpen')}
        </Link>
      </p>
    </div>
  );
}

function Rule({ rule, words }: { rule: CharterRule; words: boolean }) {
  const { t, lang } = useI18n();
  const [editing, setEditing] = useState(false);
  const [title, text] = lang === 'fr' ? [frenchTypography(rule.fr), frenchTypography(rule.textFr)] : [rule.en, rule.textEn];
  return (
    <section className="sec" aria-labelledby={`rule-${rule.id}`}>
      <h2 id={`rule-${rule.id}`} className="h-long">
        {title}
      </h2>
      {text && <p className="pre mt-2">{text}</p>}
      {rule.version > 1 && <EarlierWords rule={rule} />}
      {words && !editing && (
        <p className="mt-2">
          <button type="button" className="btn btn-q" onClick={() => setEditing(true)}>
            <Icon name="edit" small /> {t('moderation.rules.edit')}
            <span className="vh">, {title}</span>
          </button>
        </p>
      )}
      {editing && <RuleForm rule={rule} onDone={() => setEditing(false)} />}
    </section>
  );
}

function EarlierWords({ rule }: { rule: CharterRule }) {
  const { t, lang, formatDay } = useI18n();
  const [open, setOpen] = useState(false);
  const guest = useMe().account.role === 'guest';
  const versions = useQuery({
    queryKey: ['moderation-rules', rule.id, rule.version],
    queryFn: () => api.get<{ items: RuleVersionView[] }>(`/api/moderation/rules/${rule.id}/versions`),
    enabled: open,
  });
  if (guest) return null;
  return (
    <details className="mt-2" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="btn btn-q">{t('moderation.rules.earlier')}</summary>
      {open && (
        <Loaded query={versions}>
          {({ items }) => (
            <ul className="list mt-2">
              {items
                .filter(({ version }) => version < rule.version)
                .map((one) => (
                  <li key={one.version}>
                    <span className="min0">
                      {lang === 'fr' ? frenchTypography(one.fr) : one.en}
                      <span className="meta pre">{lang === 'fr' ? frenchTypography(one.textFr) : one.textEn}</span>
                      <span className="meta">{t('moderation.rules.since', { day: formatDay(one.at) })}</span>
                    </span>
                  </li>
                ))}
            </ul>
          )}
        </Loaded>
      )}
    </details>
  );
}

function NewRule({ after }: { after: number }) {
  const { t } = useI18n();
  const [id, setId] = useState<string | null>(null);
  if (!id)
    return (
      <p className="mt-4">
        <button type="button" className="btn" onClick={() => setId(`article-${uuid().slice(-12)}`)}>
          <Icon name="plus" small /> {t('moderation.rules.add')}
        </button>
      </p>
    );
  const blank = { id, version: 0, position: Math.min(after + 1, 999), fr: '', en: '', textFr: '', textEn: '', retired: false };
  return (
    <section className="sec">
      <h2>{t('moderation.rules.add')}</h2>
      <RuleForm rule={blank} onDone={() => setId(null)} />
    </section>
  );
}
