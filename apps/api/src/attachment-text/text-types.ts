/** Types of files whose text is read, as the upload has told them by their content. */
export const TEXT_TYPES = {
  'application/pdf': 'pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx', 'application/vnd.oasis.opendocument.text': 'odt', 'text/plain; charset=utf-8': 'plain',
} as const;
export type TextFormat = (typeof TEXT_TYPES)[keyof typeof TEXT_TYPES];

/** How the text of a file is to be read; null for a file without one. */
export const textFormatOf = (type: string): TextFormat | null => (Object.hasOwn(TEXT_TYPES, type) ? TEXT_TYPES[type as keyof typeof TEXT_TYPES] : null);
/** The state that a file begins in. */
export const firstTextState = (type: string): 'waiting' | 'none' => (textFormatOf(type) ? 'waiting' : 'none');
