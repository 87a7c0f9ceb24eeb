// The contract's bounds, written again: importing them would bring zod into the page. A test keeps them equal.
export const TITLE_MIN = 10;
export const TITLE_MAX = 160;
export const BODY_MAX = 20_000;
export const ATTACHMENTS_MAX = 5;
export const REACTIONS = ['useful', 'thanks', 'agree', 'same-here'] as const;
export const FILTERS = ['all', 'new', 'unread', 'followed', 'unanswered', 'mine'] as const;
export const THREAD_KINDS = ['discussion', 'question', 'project', 'practice', 'announcement'] as const;
export const WRITABLE_KINDS = ['discussion', 'question', 'project', 'announcement'] as const;
