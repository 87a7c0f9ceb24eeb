export const TEXT_FAILURES = ['encrypted', 'unreadable', 'too-large', 'too-long', 'crashed'] as const;
export type TextFailureCode = (typeof TEXT_FAILURES)[number];

/** Why a text could not be read, without anything of what it says. */
export class TextFailure extends Error {
  constructor(readonly code: TextFailureCode) {
    super(code);
  }
}
