import { auditActIn, auditDetailIn, auditSubjectIn, type AuditLineView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { Link } from 'wouter';
import { useI18n } from '../../../i18n';

/** One line of the journal: the act, who did it, what it was done to; the rest opens below. */
export function JournalLine({ line }: { line: AuditLineView }) {
  const { t, lang, formatDateTime } = useI18n();
  const words = (text: string) => (lang === 'fr' ? frenchTypography(text) : text);
  const { actor, subject, person } = line;
  const kind = words(auditSubjectIn(lang, subject.kind));
  return (
    <li>
      <div className="min0">
        <strong>{words(auditActIn(lang, line.act))}</strong>
        <time className="meta" dateTime={line.at}>
          {formatDateTime(line.at)}
        </time>
        <p className="mt-1">
          {subject.name === null ? kind : `${t('journal.subject', { kind })} `}
          {subject.name !== null && (subject.url ? <Link href={subject.url}>{subject.name}</Link> : subject.name)}
        </p>
        {person && subject.kind !== 'person' && subject.kind !== 'account' && (
          <p className="meta">
            <Link href={`/administration/personnes/${person.id}`}>{t('journal.concerns', { name: person.name })}</Link>
          </p>
        )}
        <p className="meta">
          {actor.person ? t('journal.by', { name: actor.person.name, function: actor.function }) : t('journal.bySystem')}
        </p>
        <Details line={line} />
      </div>
    </li>
  );
}

function Details({ line }: { line: AuditLineView }) {
  const { t, lang } = useI18n();
  const rows = [
    ...auditDetailIn(lang, line.detail),
    { key: ' code', name: t('journal.code'), value: line.act },
    { key: ' subject', name: t('journal.subjectReference'), value: line.subject.id },
    { key: ' line', name: t('journal.line'), value: line.id },
    { key: ' at', name: t('journal.moment'), value: new Date(line.at).toISOString() },
  ];
  return (
    <details className="mt-1">
      <summary>{t('journal.details')}</summary>
      <dl className="facts mt-1">
        {rows.map(({ key, name, value }) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
