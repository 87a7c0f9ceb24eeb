import { first } from './first';
import { rest } from './rest';

export const dictionary = { ...first, ...rest };
