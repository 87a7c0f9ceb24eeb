import type { CaseView, Measure } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { useI18n } from '../../i18n';
import { preparedQuery } from './moderation.api';

interface Chosen {
  rule: string;
  facts: string;
  remedy: string;
  measure?: Measure;
}

/** A reason that was prepared fills the fields, in the language of the letter; all of them may be changed after. */
export function PreparedField({ view, onChoose }: { view: Pick<CaseView, 'language' | 'measures'>; onChoose: (chosen: Chosen) => void }) {
  const { t, lang } = useI18n();
  const prepared = useQuery(preparedQuery).data?.items ?? [];
  const known = prepared.filter(({ measure }) => measure === null || view.measures.includes(measure));
  if (known.length === 0) return null;
  const french = view.language === 'fr';
  const choose = (id: string) => {
    const one = known.find((reason) => reason.id === id);
    if (!one) return;
    const words = french ? { facts: one.factsFr, remedy: one.remedyFr } : { facts: one.factsEn, remedy: one.remedyEn };
    onChoose({ rule: one.rule, ...words, ...(one.measure && { measure: one.measure }) });
  };
  return (
    <div className="field">
      <label htmlFor="prepared">{t('moderation.prepared.choose')}</label>
      <p className="hint" id="prepared-hint">
        {t(french ? 'moderation.prepared.inFrench' : 'moderation.prepared.inEnglish')}
      </p>
      <select className="in" id="prepared" defaultValue="" aria-describedby="prepared-hint" onChange={(event) => choose(event.target.value)}>
        <option value="">{t('moderation.prepared.nothing')}</option>
        {known.map((one) => (
          <option key={one.id} value={one.id}>
            {lang === 'fr' ? frenchTypography(one.labelFr) : one.labelEn}
          </option>
        ))}
      </select>
    </div>
  );
}
