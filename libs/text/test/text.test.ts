import { describe, expect, it } from '@jest/globals';
import { excerpt, fold, frenchTypography, functionOfCity } from '../src/index.js';
import { plainText, renderMarkdown } from '../src/markdown.js';

describe('fold', () => {
  it('ignores accents, ligatures, apostrophes, hyphens and case', () => {
    expect(fold("L'Œuvre de Cap-Haïtien")).toBe('l oeuvre de cap haitien');
  });
});

describe('frenchTypography', () => {
  it('puts no-break spaces before signs, inside quotes and in numbers', () => {
    expect(frenchTypography("Qu'en dites-vous ? « Oui » : 10 000 kg !")).toBe('Qu’en dites-vous\u202f? «\u00a0Oui\u00a0»\u00a0: 10\u202f000\u00a0kg\u202f!');
  });
  it('leaves times written with a colon alone', () => {
    expect(frenchTypography('à 14:02')).toBe('à 14:02');
  });
});

describe('functionOfCity', () => {
  it('elides before a vowel', () => {
    expect(functionOfCity('Maire', 'Abidjan')).toBe('Maire d’Abidjan');
    expect(functionOfCity('Maire', 'Dakar')).toBe('Maire de Dakar');
  });
});

describe('excerpt', () => {
  it('cuts between words', () => {
    expect(excerpt('Une phrase assez longue pour être coupée', 24)).toBe('Une phrase assez longue…');
  });
  it('keeps no-break spaces, and does not cut at one', () => {
    expect(excerpt('Combien\u202f?  Trois cents\n \u00a0: 10\u202f000\u00a0kg', 80)).toBe('Combien\u202f? Trois cents\u00a0: 10\u202f000\u00a0kg');
    expect(excerpt('Une collecte de 10\u202f000\u00a0kg', 22)).toBe('Une collecte de…');
  });
});

describe('renderMarkdown', () => {
  const render = (body: string) => renderMarkdown(body, { language: 'fr' });

  it('renders emphasis, lists, tables and quotes', () => {
    expect(render('**oui** et *non*')).toContain('<strong>oui</strong> et <em>non</em>');
    expect(render('| a | b |\n|---|---|\n| 1 | 2 |')).toContain('<td>1</td>');
    expect(render('> cité')).toContain('<blockquote>');
  });
  it('shows raw HTML and scripts as text', () => {
    expect(render('<script>alert(1)</script><img src=x onerror=alert(1)>')).not.toMatch(/<script|<img/);
  });
  it('refuses links that run code', () => {
    expect(render('[x](javascript:alert(1)) [y](data:text/html,x)')).not.toContain('href');
  });
  it('does not fetch pictures', () => {
    expect(render('![x](https://elsewhere.example/x.png)')).not.toContain('<img');
  });
  it('makes a mention a link to the city', () => {
    const html = renderMarkdown('Merci à @Maire de Dakar.', {
      language: 'fr',
      matchMention: (text) => (text.startsWith('Maire de Dakar') ? { length: 14, href: '/villes/dakar' } : null),
    });
    expect(html).toContain('<a href="/villes/dakar" class="mention">@Maire de Dakar</a>.');
  });
  it('stays quick on deep nesting', () => {
    expect(render('>'.repeat(5_000) + ' x').length).toBeLessThan(60_000);
  });
});

describe('plainText', () => {
  it('keeps the words only', () => {
    expect(plainText('# Titre\n\n**Gras** et [lien](https://x.example)', 100)).toBe('Titre Gras et lien');
  });
});
