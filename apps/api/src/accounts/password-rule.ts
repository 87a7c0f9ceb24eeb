import { fold } from '@passerelle/text';
import { InvalidInput } from '../platform/index.js';

/** Words that anybody would try here, beside the name, the address and the city of the person (docs/security.md); folded, the longer ones first. */
export const TRIED_FIRST = [
  'associationinternationaledesmairesfrancophones', 'francophones', 'francophonie', 'bonjourbonjour', 'administrateur', 'administration', 'bourgmestre', 'motdepasse', 'secretariat', 'passerelle', 'azertyuiop', 'qwertyuiop', 'moderation',
  'abcdefgh', 'password', 'commune', 'mairesse', 'bienvenue', 'welcome', 'bonjour', 'soleil', 'azerty', 'qwerty', 'mairie', 'maires', 'maire', 'mayor', 'ville', 'admin', 'aimf', 'demo',
];
/** Letters that must be left when such words, digits and signs are taken away. */
const LETTERS_LEFT = 6;
const DIFFERENT_SIGNS = 5;

/** Length alone is demanded of a password, and that it isn't one of the first that somebody would try. @param own name, address and cities of the person. @throws InvalidInput `too_guessable` */
export function assertHardToGuess(password: string, own: readonly string[]): void {
  const letters = (text: string) => fold(text).replace(/[^\p{L}]/gu, '');
  const known = [...own.flatMap((text) => [letters(text), ...fold(text).split(/[^\p{L}]+/u)]).filter((word) => word.length > 2), ...TRIED_FIRST].sort((a, b) => b.length - a.length);
  const left = known.reduce((text, word) => text.replaceAll(word, ''), letters(password));
  if (new Set(left).size < DIFFERENT_SIGNS - 1 || left.length < LETTERS_LEFT || new Set(password).size < DIFFERENT_SIGNS) throw new InvalidInput('password', 'too_guessable');
}
