import { type PracticeContent, type PracticeGap, practiceGaps, SHORT_FORM } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { themesQuery } from '../../../app/queries';
import { useI18n } from '../../../i18n';
import { Area, Chips, Choice, Line, useGapText } from '../../../ui/fields';
import { PartialDate } from './partial-date';

export type Question = (typeof SHORT_FORM)[number];
export type Write = (change: Partial<PracticeContent>) => void;

/** Paths that belong to one of the seven questions. */
const PATHS: Partial<Record<Question, string[]>> = { theme: ['theme', 'concepts'], start: ['start', 'end'] };
export const gapsOf = (question: string, gaps: PracticeGap[]) =>
  gaps.filter((gap) => (PATHS[question as Question] ?? [question]).some((path) => gap.path === path || gap.path.startsWith(`${path}.`)));
/** Questions that are answered as the short form wants. */
export const answered = (content: PracticeContent): Question[] => {
  const gaps = practiceGaps(content, 'submit');
  return SHORT_FORM.filter((question) => gapsOf(question, gaps).length === 0);
};

/** What a closed question shows of its answer. */
export function useAnswerText(content: PracticeContent): (question: Question) => string {
  const { t, lang } = useI18n();
  const themes = useQuery(themesQuery);
  return (question) => {
    if (question === 'theme') return themes.data?.items.find((theme) => theme.id === content.theme)?.[lang] ?? '';
    if (question === 'start') return [content.start, content.status && t(`editor.status.${content.status}`)].filter(Boolean).join(', ');
    return content[question] ?? '';
  };
}

/** The field of one question. What is wrong is said once something was written. */
export function QuestionField({ question, content, write }: { question: Question; content: PracticeContent; write: Write }) {
  const { t, lang } = useI18n();
  const themes = useQuery(themesQuery);
  const gapText = useGapText();
  const gaps = practiceGaps(content, 'submit').filter((gap) => gap.code !== 'required');
  const problem = (path: string) => gapText(gaps.find((gap) => gap.path === path));
  const label = t(`editor.field.${question}`);
  switch (question) {
    case 'title':
      return (
        <>
          <Line label={label} hideLabel hint={t('editor.hint.title')} problem={problem('title')} value={content.title} onChange={(title) => write({ title })} />
          <Choice
            label={t('editor.field.language')}
            value={content.language}
            options={(['fr', 'en'] as const).map((value) => ({ value, label: t(`practices.language.${value}`) }))}
            onChange={(language) => language && write({ language })}
          />
        </>
      );
    case 'contact':
      return (
        <Line
          label={label}
          hideLabel
          hint={t(`editor.hint.${question}`)}
          problem={problem(question)}
          value={content[question]}
          onChange={(value) => write({ [question]: value })}
        />
      );
    case 'problem':
    case 'solution':
    case 'summary':
      return (
        <Area
          label={label}
          hideLabel
          hint={t(`editor.hint.${question}`)}
          problem={problem(question)}
          bounds={question}
          rows={question === 'solution' ? 10 : 6}
          value={content[question]}
          onChange={(value) => write({ [question]: value })}
        />
      );
    case 'theme': {
      const theme = themes.data?.items.find((item) => item.id === content.theme);
      return (
        <>
          <Choice
            label={label}
            hideLabel
            hint={t('editor.hint.theme')}
            value={content.theme}
            options={(themes.data?.items ?? []).map((item) => ({ value: item.id, label: item[lang] }))}
            onChange={(value) => write({ theme: value, concepts: [] })}
          />
          {theme && (
            <Chips
              label={t('editor.field.concepts')}
              values={content.concepts}
              max={5}
              options={theme.concepts.map((concept) => ({ value: concept.id, label: concept[lang] }))}
              onChange={(concepts) => write({ concepts })}
            />
          )}
        </>
      );
    }
    case 'start':
      return (
        <>
          <PartialDate label={label} value={content.start} onChange={(start) => write({ start })} />
          <PartialDate label={t('editor.field.end')} problem={problem('end')} value={content.end} onChange={(end) => write({ end })} />
          <Choice
            label={t('editor.field.status')}
            value={content.status}
            options={(['planned', 'running', 'finished', 'stopped'] as const).map((value) => ({
              value,
              label: t(`editor.status.${value}`),
            }))}
            onChange={(status) => write({ status })}
          />
        </>
      );
  }
}
