/** Values of uri parameters: the whole uri as it is written, or with `:below` and `:above` its beginning. https://hl7.org/fhir/R4/search.html#uri */
import type { Definitions } from '../../fhir/definitions.ts';
import { refusal } from '../../fhir/outcome.ts';
import { anyOf, type Condition, type TextTest } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { textOf } from '../index-text.ts';
import { uriLink, versionedLink } from '../link-token.ts';
import { windowSize } from './string.ts';
import { stored } from './uri.ts';
import { hashes, keysOf, type ReadValues, refuseValue, type Searched } from './value.ts';

/** Each beginning is looked up by itself. */
const longestUrl = 2000;

// SHALL: ":above and :below … only apply to URLs, and not URNS such as OIDs" — search.html#uri
function urlOf(searched: Searched, value: string, modifier: string): string {
  const url = unescaped(value);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\/./.test(url)) return url;
  throw refuseValue(searched, value, `:${modifier} is for URLs, such as http://acme.org/fhir/, and not for other uris such as urn:oid:1.2`);
}

/** "Any value sets that have a URL that starts with" it. */
function below(searched: Searched, value: string): TextTest {
  const text = urlOf(searched, value, 'below');
  if (text.length > windowSize) throw refuseValue(searched, value, `with :below it has at most ${windowSize} characters`);
  return { match: 'prefix', text: stored(text) };
}

/** "The converse": the value of the resource is where the searched one starts. */
function above(searched: Searched, value: string): readonly string[] {
  const url = urlOf(searched, value, 'above');
  if (url.length > longestUrl) throw refuseValue(searched, value, `with :above it has at most ${longestUrl} characters`);
  const shortest = url.indexOf('://') + 4;
  const beginnings = Array.from({ length: url.length - shortest + 1 }, (_, i) => url.slice(0, shortest + i));
  return searched.texts.flatMap((text) => beginnings.map((beginning) => uriLink(text, beginning)));
}

/** SHOULD: "automatically detecting a |[version] portion" of the url of a canonical resource — search.html#uri */
function whole(searched: Searched, value: string, definitions: Definitions): readonly string[] {
  const uri = unescaped(value);
  const bar = uri.lastIndexOf('|');
  const own = bar > 0 ? ownUrl(searched, definitions) : undefined;
  const versioned = own === undefined ? [] : [versionedLink(own, uri.slice(0, bar), uri.slice(bar + 1))];
  return [...searched.texts.map((text) => uriLink(text, uri)), ...versioned];
}

/** CodeSystem.system is the same element. */
function ownUrl({ type, indexing }: Searched, definitions: Definitions): string | undefined {
  const url = definitions.searchParameters(type).get('url');
  const isOwn = indexing.branches.length > 0 && indexing.branches.every(({ path }) => path === `${type}.url`);
  return url !== undefined && isOwn ? textOf(type, url) : undefined;
}

export const uriValues: ReadValues = (searched, modifier, values, { definitions }): Condition => {
  switch (modifier) {
    case undefined:
      return hashes(values.flatMap((value) => whole(searched, value, definitions)));
    case 'below':
      return { kind: 'text', keys: keysOf(searched), continuations: [], tests: values.map((value) => below(searched, value)) };
    case 'above':
      return anyOf(values.map((value) => hashes(above(searched, value))));
    default:
      throw refusal('not-supported', `:${modifier} is no modifier of a uri`, { expression: searched.parameter.code });
  }
};
