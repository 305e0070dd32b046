/** The words of the pages, the same in every language. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { partsOf } from '../../src/auth/choice-part.ts';
import { languageFor, languages } from '../../src/http/auth/pages/language.ts';
import { de } from '../../src/http/auth/pages/text/de.ts';
import { en, type TextKey } from '../../src/http/auth/pages/text/en.ts';
import { es } from '../../src/http/auth/pages/text/es.ts';
import { fr } from '../../src/http/auth/pages/text/fr.ts';
import { deKinds, deParts } from '../../src/http/auth/pages/text/kind-de.ts';
import { enKinds, enParts } from '../../src/http/auth/pages/text/kind-en.ts';
import { esKinds, esParts } from '../../src/http/auth/pages/text/kind-es.ts';
import { frKinds, frParts } from '../../src/http/auth/pages/text/kind-fr.ts';
import { projectFile } from '../../src/root.ts';

const others = [
  ['de', de, deKinds, deParts],
  ['es', es, esKinds, esParts],
  ['fr', fr, frKinds, frParts],
] as const;

const values = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

describe('Each language', () => {
  test.each(others)('%s has every text of English, with the same values put in, and no other', (_, texts, kinds, parts) => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
    expect(Object.keys(kinds).sort()).toEqual(Object.keys(enKinds).sort());
    expect(Object.keys(parts).sort()).toEqual(Object.keys(enParts).sort());
    for (const [key, text] of Object.entries(en)) expect([key, values(texts[key as TextKey])]).toEqual([key, values(text)]);
    for (const text of [...Object.values(texts), ...Object.values(kinds), ...Object.values(parts)]) expect(text.trim()).not.toBe('');
  });

  test('has words for each part that can be left out', () => {
    const codes = ['*', 'Observation', 'Condition'].flatMap((type) => partsOf(type).map(({ code }) => code));
    expect(codes.filter((code) => !Object.hasOwn(enParts, code))).toEqual([]);
  });

  test('says what a purpose is in words, or in those of what it is a kind of', () => {
    for (const { code, purpose } of languages) {
      const said = ['TREAT', 'HRESCH', 'HPAYMT', 'ETREAT', 'DSRCH', 'ERTREAT', 'CLINTRCHPC'].map(purpose);
      expect([code, said.join(' ')]).toEqual([code, expect.not.stringMatching(/[A-Z]{4}/)]);
      expect([code, said[4], said[5]]).toEqual([code, said[1], said[3]]);
    }
    expect(languages[0]?.purpose('CLINTRCHPC')).toBe('research in clinical trials');
    expect(languages[0]?.purpose('HSYSADMIN')).toBe('HSYSADMIN, a purpose that has no plain name here');
  });

  test('has the texts that the templates ask for', () => {
    const templates = ['layout', 'login', 'second-factor', 'patient', 'encounter', 'consent', 'message', 'logout', 'who'];
    const asked = templates.flatMap((name) => [
      ...readFileSync(projectFile('src', 'http', 'auth', 'pages', `${name}.eta`), 'utf8').matchAll(/it\.t\('([^']+)'/g),
    ]);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.map(([, key = '']) => key).filter((key) => !Object.hasOwn(en, key))).toEqual([]);
  });
});

describe('The language of a page', () => {
  test.each([
    [{}, 'en'],
    [{ acceptLanguage: 'de-CH, fr;q=0.9' }, 'de'],
    [{ acceptLanguage: 'ja, fr;q=0.3, es;q=0.4' }, 'es'],
    [{ acceptLanguage: 'de;q=0, fr' }, 'fr'],
    [{ acceptLanguage: ';;;q=,,,' }, 'en'],
    [{ acceptLanguage: 'de', uiLocales: 'xx fr' }, 'fr'],
    [{ acceptLanguage: 'de', uiLocales: 'fr', chosen: 'es' }, 'es'],
    [{ chosen: '__proto__' }, 'en'],
  ])('for %j is %s', (wishes, code) => {
    expect(languageFor(wishes).code).toBe(code);
  });

  test('writes dates, lists and times as its people do', () => {
    const [english, , german] = languages;
    expect(german?.date('1970-05-31')).toBe('31. Mai 1970');
    expect(english?.date('1970-05')).toBe('May 1970');
    expect(english?.date('1970')).toBe('1970');
    expect(english?.date('nonsense')).toBe('nonsense');
    expect(german?.list(['ansehen', 'ändern', 'löschen'])).toBe('ansehen, ändern und löschen');
    expect(german?.time(900)).toBe('15 Minuten');
    expect(english?.kind('MedicationKnowledge')).toBe('Medication Knowledge');
  });

  test('puts values in as they are, and nothing of them in their turn', () => {
    expect(languages[0]?.text('login-lead', { client: '{name} $& {client}' })).toBe('{name} $& {client} asks you to sign in.');
  });
});
