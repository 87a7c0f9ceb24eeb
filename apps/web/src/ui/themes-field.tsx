import { useI18n } from '../i18n';
import { Chips } from './fields';
import { useThesaurus } from './thesaurus';

const MANY = 30;

/** Themes to choose; none is all. @param among the only ones that may be chosen, where there is a limit. */
export function ThemesField({ values, among = [], problem, onChange }: { values: string[]; among?: string[]; problem?: string | undefined; onChange: (themes: string[]) => void }) {
  const { t } = useI18n();
  const { themes } = useThesaurus();
  const options = among.length > 0 ? themes.filter(({ value }) => among.includes(value)) : themes;
  return (
    <>
      <Chips label={t('delegations.themes')} problem={problem} values={values} options={options} max={MANY} onChange={onChange} />
      <p className="hint">{t('delegations.allThemesHint')}</p>
    </>
  );
}

/** The themes that a mandate is limited to; nothing where it covers everything. */
export function Covers({ themes }: { themes: string[] }) {
  const { t } = useI18n();
  const { themeName } = useThesaurus();
  if (themes.length === 0) return null;
  return <span className="meta">{t('delegations.covers', { themes: themes.map(themeName).join(', ') })}</span>;
}
