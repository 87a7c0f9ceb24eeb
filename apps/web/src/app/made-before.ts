import { ApiProblem } from './api';

/**
 * The reference of what an earlier request made whose answer was lost, when the same thing was sent again with other
 * words; null for any other error. What was made then is version 1: if it's older than what is stored, somebody has changed it.
 */
export const madeBefore = (error: unknown): string | null => {
  const ref = error instanceof ApiProblem && error.code === 'id-reused' ? error.params['ref'] : null;
  return typeof ref === 'string' ? ref : null;
};
