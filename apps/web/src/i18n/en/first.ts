import { common, errors, shell } from './common';
import { home } from './home';

/** What the shell and the first page say. */
export const first = { common, errors, home, shell };
