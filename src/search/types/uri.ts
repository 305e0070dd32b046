/** Uri parameters: the exact uri as a token and as a string for `:above` and `:below`. https://hl7.org/fhir/R4/search.html#uri */
import { uriLink } from '../link-token.ts';
import type { Indexer } from '../row-collector.ts';
import { windowSize } from './string.ts';

/** PostgreSQL text holds no NUL, and the rows travel with control characters between them. */
const controls = /\p{Cc}/gu;

/** A uri as it stands in the rows of strings. */
export const stored = (uri: string): string => uri.slice(0, windowSize).replace(controls, ' ');

const uri: Indexer = (parameter, value, rows) => {
  if (typeof value !== 'string' || value === '') return;
  rows.hash(uriLink(parameter.text, value));
  rows.string(parameter.key, stored(value));
};

export const uriIndexers: ReadonlyMap<string, Indexer> = new Map(
  ['uri', 'url', 'canonical', 'oid', 'uuid', 'string'].map((type) => [type, uri]),
);
