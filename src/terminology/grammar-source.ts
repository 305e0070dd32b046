/**
 * Code systems whose codes follow a grammar, or a list that comes with the runtime: units, media types, languages, currencies, countries.
 * https://hl7.org/fhir/R4/terminologies-systems.html
 */
import { canonicalUnit, ucumSystem } from '../fhir/ucum.ts';
import type { Candidate, Kind, TerminologySource } from './source.ts';

type Accepts = (code: string) => boolean;

/** What stands between braces means nothing; it is often written with spaces, or behind parentheses as in `U/(10.g){feces}`. */
const annotation = /(\)?)\{[^{}]*\}/g;

const isUnit: Accepts = (code) => canonicalUnit(code.replace(annotation, (_, closing: string) => closing || '{_}')) !== undefined;

/** Type and subtype of RFC 6838, with whatever parameters; FHIR itself writes the first four of these for its formats. */
const mediaType = /^(?:xml|json|ttl|html|[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9*][a-z0-9!#$&^_.+-]{0,126}(?: *;.*)?)$/i;

function isLanguage(code: string): boolean {
  try {
    return Intl.getCanonicalLocales(code).length === 1;
  } catch {
    return false;
  }
}

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Regions that are no countries of ISO 3166: reserved by exception, for users, and for tests of the runtime itself. */
const otherRegions: ReadonlySet<string> = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ'.split(' '));
const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Two letters by the list of the runtime, which knows codes that are in use no more by their successors; the others by their form. */
const isCountry: Accepts = (code) =>
  /^(?:[A-Z]{3}|\d{3})$/.test(code) ||
  (/^[A-Z]{2}$/.test(code) &&
    !otherRegions.has(code) &&
    regionNames.of(code) !== undefined &&
    new Intl.Locale(`und-${code}`).region === code);

const isSubdivision: Accepts = (code) => /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code) && isCountry(code.slice(0, 2));

const grammars: ReadonlyMap<string, Accepts> = new Map([
  [ucumSystem, isUnit],
  ['urn:ietf:bcp:13', (code) => mediaType.test(code)],
  ['urn:ietf:bcp:47', isLanguage],
  ['urn:iso:std:iso:4217', (code) => currencies.has(code)],
  ['urn:iso:std:iso:3166', isCountry],
  ['urn:iso:std:iso:3166:-2', isSubdivision],
]);

export const grammarSource = (): TerminologySource => ({
  find: async <K extends Kind>(kind: K, url: string) => {
    const accepts = kind === 'CodeSystem' ? grammars.get(url) : undefined;
    if (accepts === undefined) return [];
    const candidate: Candidate<'CodeSystem'> = {
      key: `grammar of ${url}`,
      version: undefined,
      read: () => ({ url, content: 'not-present', accepts }),
    };
    return [candidate] as Candidate<Kind>[] as Candidate<K>[];
  },
});
