import { describe, expect, it } from '@jest/globals';
import { PracticeContent, type PracticeField } from '@passerelle/contract';
import { contentWords } from '../src/features/practices/content-words';
import { dictionary as english } from '../src/i18n/en/index';
import { dictionary as french } from '../src/i18n/fr/index';
import { makeI18n } from '../src/i18n/index';

const ID = '01890000-0000-7000-8000-000000000001';
const content = PracticeContent.parse({
  language: 'fr', theme: 'eau-assainissement', concepts: ['boues-vidange'], status: 'running', costRange: '<50k', costPublic: true, partners: [{ name: 'Une agence', kind: 'État', support: ['technical', 'financial'] }],
  beneficiaries: { count: 1_200, estimated: true, text: 'Habitants', women: 700, youth: 40 }, evidence: [{ kind: 'press', label: 'Un article', url: 'https://exemple.test/' }], transferability: { level: 'with-adaptation', text: 'Le sol' },
  gender: { marker: 2, note: 'Des équipes mixtes' }, climateMarker: 1, locationHidden: true, photos: [{ attachment: ID, alt: 'Un marché', credit: 'La ville', consent: true }], documents: [{ attachment: ID, title: 'Le plan', access: 'members', pages: 4 }],
  availableFor: ['visit'], coHolders: ['dakar', 'partie'], translation: { language: 'en', title: 'A title' },
});
const names = {
  themes: [{ id: 'eau-assainissement', fr: 'Eau et assainissement', en: 'Water and sanitation', concepts: [{ id: 'boues-vidange', fr: 'Boues de vidange', en: 'Faecal sludge' }] }],
  cities: [{ slug: 'dakar', name: 'Dakar' }],
};
const saidIn = (lang: 'fr' | 'en') => (field: PracticeField) => contentWords(field, content, { t: makeI18n(lang === 'fr' ? french : english, lang, 'UTC').t, lang }, names).replace(/\s/g, ' ');

describe('the words of an entry in versions and conflicts', () => {
  it('are the names of what is stored as a code', () => {
    const said = saidIn('fr');
    expect((['theme', 'concepts', 'language', 'status', 'costRange', 'transferability', 'gender', 'climateMarker', 'availableFor', 'coHolders'] as const).map(said)).toEqual([
      'Eau et assainissement', 'Boues de vidange', 'Français', 'En cours', 'Moins de 50 k€', 'À adapter, Le sol', 'Principale, Des équipes mixtes', 'Réelle', 'Recevoir une visite', 'Dakar partie',
    ]);
    expect(saidIn('en')('theme')).toBe('Water and sanitation');
  });

  it('say what a number counts and what a yes is to', () => {
    const said = saidIn('fr');
    expect((['beneficiaries', 'costPublic', 'locationHidden', 'photos', 'documents', 'partners', 'evidence'] as const).map(said)).toEqual([
      '1 200 personnes estimation Habitants dont 700 femmes dont 40 jeunes', 'Le montant exact peut être public', expect.stringMatching(/^\S+ .+/), 'Un marché, La ville, Les personnes visibles ont donné leur accord', 'Le plan, Les membres, 4 pages',
      'Une agence, État, Appui technique, Appui financier', 'Presse, Un article, https://exemple.test/',
    ]);
  });
});
