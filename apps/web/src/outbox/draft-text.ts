import type { DraftView } from '@passerelle/contract';

/** What the writer of a reply or of a new thread has decided so far. */
export type DraftText = Pick<DraftView, 'body' | 'title' | 'space' | 'kind' | 'replyTo' | 'naming'>;
export type OtherDraft = DraftText & Pick<DraftView, 'sequence' | 'updatedAt'>;

export const EMPTY_DRAFT: DraftText = { body: '', title: '', space: null, kind: null, replyTo: null, naming: 'shown' };

export const isEmptyDraft = (text: Pick<DraftText, 'body' | 'title'>) => text.body.trim() === '' && text.title.trim() === '';
export const isSameDraft = (one: Pick<DraftText, 'body' | 'title'>, other: Pick<DraftText, 'body' | 'title'>) =>
  one.body === other.body && one.title === other.title;
/** What an older page kept on the device has no word on names. */
export const textOf = ({ body, title, space, kind, replyTo, naming = 'shown' }: Omit<DraftText, 'naming'> & Partial<DraftText>): DraftText => ({ body, title, space, kind, replyTo, naming });
