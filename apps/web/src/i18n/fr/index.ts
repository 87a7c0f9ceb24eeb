import { account } from './account';
import { cities } from './cities';
import { common, errors, shell } from './common';
import { forum } from './forum';
import { home } from './home';
import { practices } from './practices';
import { search } from './search';

export const dictionary = { account, cities, common, errors, forum, home, practices, search, shell };
