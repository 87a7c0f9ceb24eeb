import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tokenize, visibleText } from '../src/index.js';

const forms = (text: string) => tokenize(text).map((token) => token.form);
const marked = (text: string) => tokenize(text).map(({ start, end }) => text.slice(start, end));

describe('the words of a text', () => {
  it('are folded: case, accents, ligatures and composed signs make no difference', () => {
    expect(forms('ŒUVRE Œuvre oeuvre')).toEqual(['oeuvre', 'oeuvre', 'oeuvre']);
    expect(forms('Évènement e\u0301ve\u0300nement EVENEMENT')).toEqual(['evenement', 'evenement', 'evenement']);
    expect(forms('l’Haÿ-les-Roses')).toEqual(forms("l'hay-les-roses"));
  });

  it('leave elisions out, whatever the apostrophe', () => {
    expect([forms('l’eau'), forms("l'eau"), forms('lʼeau'), forms('d’assainissement')]).toEqual([['eau'], ['eau'], ['eau'], ['assainissement']]);
  });

  it('stand as well as one word where hyphens tie them', () => {
    expect(forms('des micro-jardins')).toEqual(['des', 'micro', 'jardins', 'microjardins']);
    expect(forms('le porte‑à‑porte')).toEqual(['le', 'porte', 'porte', 'porteaporte']);
    expect(forms('N’Djaména')).toContain('ndjamena');
  });

  it('keep numbers, even of one figure', () => {
    expect(forms('Article 7 de la loi 96-142')).toEqual(['article', '7', 'de', 'la', 'loi', '96', '142', '96142']);
  });

  it('are those of scripts without case too', () => {
    expect([forms('مياه الشرب').length, forms('ទឹកស្អាត').length > 0]).toEqual([2, true]);
  });

  it('say where they stand in the text as it is written', () => {
    expect(marked('L’éco-quartier, « œuvre » !')).toEqual(['éco', 'quartier', 'éco-quartier', 'œuvre']);
  });

  it('never stand outside the text nor before the word before, and never hold a blank', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        let before = 0;
        for (const { form, start, end, joined } of tokenize(text)) {
          expect(start < end && end <= text.length && !/\s/.test(form)).toBe(true);
          if (joined) continue;
          expect(start).toBeGreaterThanOrEqual(before);
          before = end;
        }
      }),
    );
  });

  it('are the same with signs in them that no one sees and without', () => {
    for (const text of ['as\u200bsai\u00adnis\u200dsement', '\ufeffassainissement\u200e', 'assainissement \u200b\u200d', '\u0002assainissement\u0003']) expect([forms(text), forms(visibleText(text))]).toEqual([['assainissement'], ['assainissement']]);
  });

  it('are taken out of the ligatures and wide letters of typesetting', () => {
    expect(forms('ﬁnance ﬂeuve ｅａｕ m²')).toEqual(['finance', 'fleuve', 'eau', 'm2']);
  });
});
