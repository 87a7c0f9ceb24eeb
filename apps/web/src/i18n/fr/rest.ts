import { account } from './account';
import { cities } from './cities';
import { forum } from './forum';
import { practices } from './practices';
import { search } from './search';

/** What the other pages say; it comes with the first of them. */
export const rest = { account, cities, forum, practices, search };
