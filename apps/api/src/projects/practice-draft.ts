import { moneyOf, PracticeContent, type ProjectContent } from '@passerelle/contract';

const FUNDERS_MAX = 20;
const STEPS_MAX = 12;
const month = (date: string | null) => date?.slice(0, 7) ?? null;
const clip = (text: string, max: number) => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/**
 * What a finished project can already say as a practice; a city completes it before it is submitted. Nothing is made up:
 * results wait for their figures, documents stay with the project.
 * @param ref reference of the project; `on` the day for which an amount in euros is noted, as ISO date.
 */
export function practiceFromProject(project: ProjectContent, { ref, on }: { ref: string; on: string }): PracticeContent {
  const { calendar, currency, plan } = project;
  const { budget } = moneyOf(project);
  const inEuros = currency === 'EUR' && budget > 0;
  return PracticeContent.parse({
    title: project.title, language: project.language, theme: project.theme, concepts: project.concepts, start: month(calendar.start), end: month(calendar.end), status: 'finished', linkedProject: ref,
    problem: clip(project.problem, 4_000), solution: project.objectives.map((objective) => `- ${objective}`).join('\n'),
    steps: calendar.milestones.slice(0, STEPS_MAX).map((milestone) => ({ id: milestone.id, title: clip(milestone.title, 120), duration: milestone.due ?? '' })),
    // Another currency needs the rate of its day, which only the city knows.
    cost: inEuros ? { amount: budget, currency, rate: 1, rateDate: on } : null,
    costNote: !inEuros && currency && budget > 0 ? `${budget} ${currency}` : '',
    funding: plan.slice(0, FUNDERS_MAX).map((line) => ({ funder: line.source, kind: line.kind, amount: inEuros ? line.amount : undefined, percent: budget > 0 ? Math.min(100, Math.round((line.amount / budget) * 100)) : undefined })),
    partners: project.partners, results: project.objectives.map((objective) => ({ indicator: clip(objective, 200) })),
    difficulties: clip(project.risks.map((risk) => (risk.answer ? `${risk.text}\n${risk.answer}` : risk.text)).join('\n\n'), 4_000),
  });
}
