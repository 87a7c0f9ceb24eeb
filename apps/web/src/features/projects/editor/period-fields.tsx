import type { NeedContent } from '@passerelle/contract';
import { useI18n } from '../../../i18n';
import { Chips, Line } from '../../../ui/fields';
import { type ProblemAt, useFormats } from '../words';

/** Languages in which cities of the network work; others that were chosen stay. */
const TONGUES = ['fr', 'en', 'ar', 'pt', 'es', 'vi', 'ro', 'wo'];

interface Shared {
  period: NeedContent['period'];
  languages: string[];
}

/** When, and in which languages: the same for a need and an offer. */
export function PeriodFields({ content, write, problem }: { content: Shared; write: (change: Partial<Shared>) => void; problem: ProblemAt }) {
  const { t } = useI18n();
  const { languageName } = useFormats();
  const tongues = [...new Set([...TONGUES, ...content.languages])];
  return (
    <>
      <div className="pair mt-4">
        {(['from', 'to'] as const).map((edge) => (
          <Line key={edge} label={t(`needs.field.${edge}`)} hint={t('projects.hint.date')} problem={problem(`period.${edge}`)} value={content.period[edge] ?? ''} onChange={(date) => write({ period: { ...content.period, [edge]: date.trim() || null } })} />
        ))}
      </div>
      <div className="mt-4">
        <Chips label={t('needs.field.languages')} problem={problem('languages')} values={content.languages} max={6} options={tongues.map((value) => ({ value, label: languageName(value) }))} onChange={(languages) => write({ languages })} />
      </div>
    </>
  );
}
