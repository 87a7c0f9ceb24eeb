import { describe, expect, it } from '@jest/globals';
import { cleanLine } from '../src/index.js';

describe('cleanLine', () => {
  it('makes one line of plain spaces and leaves out what is not to be seen', () => {
    expect(cleanLine('  Un\ttitre\u200b \u202eretourné\n\nici ')).toBe('Un titre retourné ici');
  });
  it('keeps the no-break spaces of French typography', () => {
    expect(cleanLine('Combien\u202f?  «\u00a0Dix \u00a0»')).toBe('Combien\u202f? «\u00a0Dix\u00a0»');
  });
});
