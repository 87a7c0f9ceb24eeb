import { AVAILABILITIES, type PracticeContent, type PracticeGap, SUPPORT_KINDS, TRANSFERABILITY_LEVELS } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { useI18n } from '../../../i18n';
import { Area, Check, Chips, Choice, Line, NumberLine, Rows, useGapText } from '../../../ui/fields';
import { MARKERS } from '../content-words';
import { Cost, Results } from './figure-fields';
import { FileFields } from './file-fields';
import { LinkFields } from './link-fields';
import type { PartProps } from './part-props';
import type { Write } from './short-form';

/** Sections after the short form, with the fields whose gaps they show. */
export const SECTIONS = {
  cost: ['costRange', 'cost', 'funding'],
  results: ['results', 'evidence'],
  steps: ['steps', 'resources'],
  lessons: ['difficulties', 'successFactors', 'conditions', 'transferability'],
  partners: ['partners', 'beneficiaries'],
  files: ['photos', 'documents'],
  goals: ['sdgs', 'gender', 'availableFor'],
  translation: [],
} as const satisfies Record<string, readonly string[]>;
export type Section = keyof typeof SECTIONS;
export const gapsOfSection = (section: Section, gaps: PracticeGap[]) =>
  gaps.filter((gap) => SECTIONS[section].some((path: string) => gap.path === path || gap.path.startsWith(`${path}.`)));

export function SectionFields({
  section,
  content,
  write,
  gaps,
}: {
  section: Section;
  content: PracticeContent;
  write: Write;
  gaps: PracticeGap[];
}) {
  const gapText = useGapText();
  const Part = PARTS[section];
  return <Part content={content} write={write} problem={(path) => gapText(gaps.find((gap) => gap.path === path))} />;
}

function Steps({ content, write, problem }: PartProps) {
  const { t } = useI18n();
  return (
    <>
      {problem('steps') && <p className="hint">{problem('steps')}</p>}
      <Rows
        name={t('editor.part.step')}
        rows={content.steps}
        max={12}
        empty={() => ({ id: uuid(), title: '', text: '', duration: '' })}
        onChange={(steps) => write({ steps })}
      >
        {(row, set) => (
          <>
            <Line label={t('editor.field.title')} value={row.title} onChange={(title) => set({ title })} />
            <Area label={t('editor.part.text')} rows={3} value={row.text} onChange={(text) => set({ text })} />
            <Line label={t('editor.part.duration')} value={row.duration} onChange={(duration) => set({ duration })} />
          </>
        )}
      </Rows>
      <Area
        label={t('editor.part.resources')}
        problem={problem('resources')}
        rows={3}
        value={content.resources}
        onChange={(resources) => write({ resources })}
      />
      <Area label={t('editor.part.skills')} rows={3} value={content.skills} onChange={(skills) => write({ skills })} />
    </>
  );
}

function Lessons({ content, write, problem }: PartProps) {
  const { t } = useI18n();
  const { transferability } = content;
  return (
    <>
      <Area
        label={t('editor.part.difficulties')}
        hint={t('editor.hint.difficulties')}
        problem={problem('difficulties')}
        bounds="difficulties"
        value={content.difficulties}
        onChange={(difficulties) => write({ difficulties })}
      />
      <Area
        label={t('editor.part.success')}
        problem={problem('successFactors')}
        rows={4}
        value={content.successFactors}
        onChange={(successFactors) => write({ successFactors })}
      />
      <Area
        label={t('editor.part.conditions')}
        problem={problem('conditions')}
        rows={4}
        value={content.conditions}
        onChange={(conditions) => write({ conditions })}
      />
      <Choice
        label={t('editor.part.level')}
        problem={problem('transferability')}
        value={transferability.level}
        options={TRANSFERABILITY_LEVELS.map((value) => ({ value, label: t(`entry.level.${value}`) }))}
        onChange={(level) => write({ transferability: { ...transferability, level } })}
      />
      <Area
        label={t('editor.part.levelText')}
        rows={3}
        value={transferability.text}
        onChange={(text) => write({ transferability: { ...transferability, text } })}
      />
      <Area label={t('editor.part.legal')} rows={3} value={content.legalContext} onChange={(legalContext) => write({ legalContext })} />
    </>
  );
}

function Partners({ content, write, problem }: PartProps) {
  const { t } = useI18n();
  const { beneficiaries } = content;
  const change = (part: Partial<PracticeContent['beneficiaries']>) => write({ beneficiaries: { ...beneficiaries, ...part } });
  return (
    <>
      <LinkFields content={content} write={write} problem={problem} />
      {problem('partners') && <p className="hint">{problem('partners')}</p>}
      <Rows
        name={t('editor.part.partner')}
        rows={content.partners}
        max={30}
        empty={() => ({ name: '', kind: '', support: [] })}
        onChange={(partners) => write({ partners })}
      >
        {(row, set) => (
          <>
            <Line label={t('editor.part.partner')} value={row.name} onChange={(name) => set({ name })} />
            <Line label={t('editor.part.kind')} value={row.kind} onChange={(kind) => set({ kind })} />
            <Chips
              label={t('editor.part.support')}
              values={row.support}
              max={4}
              options={SUPPORT_KINDS.map((value) => ({ value, label: t(`entry.support.${value}`) }))}
              onChange={(support) => set({ support })}
            />
          </>
        )}
      </Rows>
      <NumberLine
        label={t('editor.part.count')}
        problem={problem('beneficiaries')}
        value={beneficiaries.count}
        onChange={(count) => change({ count })}
      />
      <Check label={t('editor.part.estimated')} value={beneficiaries.estimated} onChange={(estimated) => change({ estimated })} />
      <Line label={t('editor.part.beneficiaries')} value={beneficiaries.text} onChange={(text) => change({ text })} />
      <div className="pair">
        <NumberLine label={t('editor.part.women')} value={beneficiaries.women} onChange={(women) => change({ women })} />
        <NumberLine label={t('editor.part.youth')} value={beneficiaries.youth} onChange={(youth) => change({ youth })} />
      </div>
    </>
  );
}

function Goals({ content, write, problem }: PartProps) {
  const { t } = useI18n();
  const markers = (['0', '1', '2'] as const).map((value) => ({ value, label: t(`editor.part.${MARKERS[value]}`) }));
  const asMarker = (value: '0' | '1' | '2' | null) => (value === null ? null : (Number(value) as 0 | 1 | 2));
  const text = (value: number | null) => (value === null ? null : (String(value) as '0' | '1' | '2'));
  return (
    <>
      <Chips
        label={t('editor.part.sdgs')}
        problem={problem('sdgs')}
        values={content.sdgs}
        max={5}
        options={Array.from({ length: 17 }, (_, n) => ({ value: n + 1, label: String(n + 1) }))}
        onChange={(sdgs) => write({ sdgs })}
      />
      <Choice
        label={t('editor.part.gender')}
        problem={problem('gender')}
        value={text(content.gender.marker)}
        options={markers}
        onChange={(value) => write({ gender: { ...content.gender, marker: asMarker(value) } })}
      />
      <Area
        label={t('editor.part.genderNote')}
        rows={3}
        value={content.gender.note}
        onChange={(note) => write({ gender: { ...content.gender, note } })}
      />
      <Choice
        label={t('editor.part.climate')}
        value={text(content.climateMarker)}
        options={markers}
        onChange={(value) => write({ climateMarker: asMarker(value) })}
      />
      <Chips
        label={t('editor.part.available')}
        problem={problem('availableFor')}
        values={content.availableFor}
        max={5}
        options={AVAILABILITIES.map((value) => ({ value, label: t(`entry.available.${value}`) }))}
        onChange={(availableFor) => write({ availableFor })}
      />
      <Check
        label={t('editor.part.hideLocation')}
        value={content.locationHidden}
        onChange={(locationHidden) => write({ locationHidden })}
      />
      <Rows
        name={t('editor.part.award')}
        rows={content.awards.map((name) => ({ name }))}
        max={10}
        empty={() => ({ name: '' })}
        onChange={(rows) => write({ awards: rows.map((row) => row.name) })}
      >
        {(row, set) => <Line label={t('editor.part.award')} value={row.name} onChange={(name) => set({ name })} />}
      </Rows>
    </>
  );
}

/** A human translation; the original binds. */
function Translation({ content, write }: PartProps) {
  const { t } = useI18n();
  const { translation } = content;
  if (!translation)
    return (
      <button
        type="button"
        className="btn"
        onClick={() =>
          write({
            translation: {
              language: content.language === 'fr' ? 'en' : 'fr',
              title: '',
              summary: '',
              problem: '',
              solution: '',
              difficulties: '',
              translator: '',
            },
          })
        }
      >
        {t('editor.part.addTranslation')}
      </button>
    );
  const change = (part: Partial<typeof translation>) => write({ translation: { ...translation, ...part } });
  return (
    <>
      <p className="hint">{t('entry.binds')}</p>
      <Line label={t('editor.field.title')} value={translation.title} onChange={(title) => change({ title })} />
      {(['summary', 'problem', 'solution'] as const).map((field) => (
        <Area key={field} label={t(`editor.field.${field}`)} value={translation[field]} onChange={(value) => change({ [field]: value })} />
      ))}
      <Area label={t('editor.part.difficulties')} value={translation.difficulties} onChange={(difficulties) => change({ difficulties })} />
      <Line label={t('editor.part.translator')} value={translation.translator} onChange={(translator) => change({ translator })} />
      <button type="button" className="btn btn-q mt-2" onClick={() => write({ translation: null })}>
        {t('editor.remove')}
      </button>
    </>
  );
}

const PARTS: Record<Section, (props: PartProps) => React.ReactNode> = {
  cost: Cost,
  results: Results,
  steps: Steps,
  lessons: Lessons,
  partners: Partners,
  files: FileFields,
  goals: Goals,
  translation: Translation,
};
