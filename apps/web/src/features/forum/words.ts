import type { PostView, SpaceRef, ThreadRow } from '@passerelle/contract';
import type { I18n } from '../../i18n';

/** Name of a space in the language of the screen. */
export const spaceName = (space: Pick<SpaceRef, 'nameFr' | 'nameEn'>, lang: 'fr' | 'en') => (lang === 'fr' ? space.nameFr : space.nameEn);

const FEMININE = new Set<ThreadRow['kind']>(['discussion', 'question', 'practice', 'announcement']);

/** "Question ouverte", "Projet résolu"; in English the state comes first: "Open question". */
export function kindAndStatus(row: Pick<ThreadRow, 'kind' | 'status'>, { t, lang }: Pick<I18n, 't' | 'lang'>): string {
  const kind = t(`forum.kinds.${row.kind}`);
  const status = t(`forum.${FEMININE.has(row.kind) ? 'statusesF' : 'statuses'}.${row.status}`);
  return lang === 'fr' ? `${kind} ${status}` : `${status} ${kind.toLowerCase()}`;
}

/** What happened to the thread, as a sentence. */
export function eventSentence(event: NonNullable<PostView['event']>, { t, lang }: Pick<I18n, 't' | 'lang'>): string {
  const { params } = event;
  const from = (lang === 'fr' ? params['fromFr'] : params['fromEn']) ?? '';
  const to = (lang === 'fr' ? params['toFr'] : params['toEn']) ?? '';
  const title = params['title'] ?? '';
  const sentence = (() => {
    switch (event.type) {
      case 'moved':
        return from ? t('forum.event.moved', { from, to }) : t('forum.event.movedTo', { to });
      case 'undone':
        return t('forum.event.undone', { to });
      case 'split':
        return params['from'] ? t('forum.event.splitFrom', { title }) : t('forum.event.splitTo', { title });
      case 'merged':
      case 'closed':
      case 'reopened':
      case 'answered':
      case 'pinned':
      case 'retitled':
        return t(`forum.event.${event.type}`, { title });
      default:
        return t('forum.event.other');
    }
  })();
  return params['reason'] ? `${sentence} ${t('forum.event.reason', { reason: params['reason'] })}` : sentence;
}

/** The message's text as a quotation, ready for the answer below it. */
export const asQuote = (text: string) =>
  `${text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}\n\n`;
