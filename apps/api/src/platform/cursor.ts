import { z } from 'zod';
import { InvalidInput } from './errors.js';

/** Instants in a cursor, as the database writes them and can read them again: it knows no year 0, and not every offset. */
export const CursorInstant = z.iso.datetime({ offset: true }).max(40).regex(/^(?!0000).*(?:Z|\+00:00)$/);
/** Whole numbers in a cursor: small ones, and those up to where a number is exact. */
export const CursorInt = z.int32();
export const CursorBigInt = z.int();

/** The place after the last row of a page, as opaque text. */
export const encodeCursor = (key: readonly unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Reads what `encodeCursor` wrote. @throws InvalidInput for any other text. */
export function decodeCursor<T>(cursor: string, shape: z.ZodType<T>): T {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidInput('cursor', 'cursor_invalid');
  }
  const parsed = shape.safeParse(key);
  if (!parsed.success || JSON.stringify(key).includes('\\u0000')) throw new InvalidInput('cursor', 'cursor_invalid');
  return parsed.data;
}
