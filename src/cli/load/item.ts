/** What stands in a source: bundles to be run, and resources to be stored under their ids. */
import type { Readable } from 'node:stream';
import { parseJson } from '../../fhir/json.ts';
import { FhirError, refusal } from '../../fhir/outcome.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import { type Line, linesOf, wholeText } from './text.ts';

export type Item =
  /** A transaction or batch, run as it would be over HTTP. */
  | { readonly kind: 'bundle'; readonly bundle: Resource }
  /** Entries that may refer to each other by fullUrl and so are stored together. */
  | { readonly kind: 'collection'; readonly members: readonly Member[] }
  | { readonly kind: 'resource'; readonly member: Member; readonly length: number }
  /** Text that is no resource. */
  | { readonly kind: 'fault'; readonly at: string; readonly error: FhirError };

export interface Member {
  /** Where it stands in the file, such as `line 12` or `Bundle.entry[3].resource`; '' for the whole file. */
  readonly at: string;
  readonly resource: Resource;
  readonly fullUrl?: string;
}

const isResource = (value: unknown): value is Resource => isObject(value) && typeof value.resourceType === 'string';

function resourceFrom(text: string): Resource {
  const value = parseJson(text);
  if (isResource(value)) return value;
  throw refusal('structure', 'This is not a FHIR resource: it has no resourceType.');
}

const run = new Set(['transaction', 'batch']);
const unpacked = new Set(['collection', 'searchset']);
const answers = new Set(['transaction-response', 'batch-response', 'history', 'subscription-notification']);

function membersOf(bundle: Resource): Member[] {
  const entries: unknown[] = Array.isArray(bundle.entry) ? bundle.entry : [];
  return entries.flatMap((entry, i) => {
    if (!isObject(entry) || !isResource(entry.resource)) return [];
    const at = `Bundle.entry[${i}].resource`;
    return [{ at, resource: entry.resource, ...(typeof entry.fullUrl === 'string' ? { fullUrl: entry.fullUrl } : {}) }];
  });
}

// A document or message is one signed whole: it is stored as the Bundle that it is.
function itemOf(resource: Resource, at: string, length: number): Item {
  if (resource.resourceType !== 'Bundle') return { kind: 'resource', member: { at, resource }, length };
  const type = String(resource.type);
  if (run.has(type)) return { kind: 'bundle', bundle: resource };
  if (unpacked.has(type)) return { kind: 'collection', members: membersOf(resource) };
  if (answers.has(type))
    throw refusal('not-supported', `A Bundle of type ${type} is not something to load; transaction, batch, collection and searchset are.`);
  return { kind: 'resource', member: { at, resource }, length };
}

function read(text: string, at: string): Item {
  try {
    return itemOf(resourceFrom(text), at, text.length);
  } catch (error) {
    if (error instanceof FhirError) return { kind: 'fault', at, error };
    throw error;
  }
}

/** A line that is a whole JSON object, with another line after it, is taken for NDJSON whatever the name says. */
function isWholeObject(line: Line): boolean {
  if (!line.text.trimEnd().endsWith('}')) return false;
  try {
    JSON.parse(line.text);
    return true;
  } catch {
    return false;
  }
}

async function* fromLines(first: readonly Line[], rest: AsyncIterable<Line>): AsyncGenerator<Item> {
  for (const { number, text } of first) yield read(text, `line ${number}`);
  for await (const { number, text } of rest) yield read(text, `line ${number}`);
}

const namesLines = /\.(ndjson|jsonl)(\.gz)?$/i;

/** Items in their order; NDJSON is streamed, anything else is one JSON text. Throws FhirError for text that cannot be read on. */
export async function* itemsOf(name: string, bytes: Readable): AsyncGenerator<Item> {
  const lines = linesOf(bytes);
  const first: Line[] = [];
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    first.push(next.value);
    if (first.length === 2) break;
  }
  if (first[0] === undefined) throw refusal('structure', 'The file is empty.');
  if (namesLines.test(name) || (first.length === 2 && isWholeObject(first[0]))) yield* fromLines(first, lines);
  else yield read(await wholeText(lines, first), '');
}
