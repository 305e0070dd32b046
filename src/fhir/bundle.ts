/**
 * Bundles of stored versions as JSON text: bodies are passed through as they are stored, never parsed.
 * https://hl7.org/fhir/R4/bundle.html
 */
import { etagOf } from './etag.ts';
import type { Issue } from './outcome.ts';

/** What a Bundle tells of one version of a resource. */
export interface BundledVersion {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  readonly lastUpdated: string;
  readonly method: 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** JSON text; null = deleted. */
  readonly body: string | null;
  /** `MedicationRequest/23`, which contains it. */
  readonly container?: string;
}

export interface Link {
  readonly relation: 'self' | 'next' | 'first' | 'previous' | 'last';
  readonly url: string;
}

export interface BundleHead {
  readonly type: 'searchset' | 'history';
  readonly total?: number;
  readonly links: readonly Link[];
}

export type SearchMode = 'match' | 'include' | 'outcome';

/** Text as it stands inside a JSON string. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Characters that need no escape in a query and are pleasant to read there. */
const readable = /%(?:2C|3A|2F|24|40)/g;
const encode = (text: string): string => encodeURIComponent(text).replace(readable, (code) => decodeURIComponent(code));

/** Query pairs as URL text: `a=1&b=2`. */
export const queryText = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');

/** `url` and the pairs behind it. */
export const urlOf = (url: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.length === 0 ? url : `${url}?${queryText(pairs)}`;

/** Query pairs that make a page; `_cursor` is the position it starts from. */
export type PagePairs = readonly (readonly [name: string, value: string])[];

/** The pairs with `_count` as the server cut it. */
export const withCount = (pairs: PagePairs, count: number): PagePairs =>
  pairs.map(([name, value]) => [name, name === '_count' ? String(count) : value] as const);

/** self with what was really used, and next with the position to go on from. */
export function pageLinks(url: string, used: PagePairs, next: string | undefined): Link[] {
  const self: Link = { relation: 'self', url: urlOf(url, used) };
  if (next === undefined) return [self];
  return [self, { relation: 'next', url: nextUrl(url, used, self.url, next) }];
}

const isCursor = ([name]: PagePairs[number]): boolean => name === '_cursor';

/** A first page has no cursor of its own: its link goes on as it is. */
function nextUrl(url: string, used: PagePairs, self: string, next: string): string {
  const cursor: PagePairs = [['_cursor', next]];
  if (used.some(isCursor)) return urlOf(url, [...used.filter((pair) => !isCursor(pair)), ...cursor]);
  return `${self}${used.length === 0 ? '?' : '&'}${queryText(cursor)}`;
}

const linkText = ({ relation, url }: Link): string => `{"relation":"${relation}","url":${JSON.stringify(url)}}`;

// "The fullUrl informs the client that this is a contained resource" — search.html#contained
const pathOf = ({ type, id, container }: BundledVersion): string => (container === undefined ? `${type}/${id}` : `${container}#${id}`);

/** One entry of a searchset; `resource` is JSON text. */
export const searchEntry = (
  base: string,
  version: BundledVersion,
  mode: SearchMode,
  resource: string = version.body ?? '',
  score?: string,
): string =>
  `{"fullUrl":"${base}/${pathOf(version)}","resource":${resource},"search":{"mode":"${mode}"${score === undefined ? '' : `,"score":${score}`}}}`;

/** What there is to say of a search beside its results. */
export const outcomeEntry = (issue: readonly Issue[]): string =>
  JSON.stringify({ resource: { resourceType: 'OperationOutcome', issue }, search: { mode: 'outcome' } });

const createdBy = (version: BundledVersion): boolean => version.versionId === '1' && version.method !== 'DELETE';

function statusOf(version: BundledVersion): string {
  if (version.body === null) return '204';
  return createdBy(version) ? '201' : '200';
}

// SHALL: request and response of every history entry — http.html#history
/** One entry of a history; a deletion has no resource. */
export function historyEntry(base: string, version: BundledVersion, resource: string | null = version.body): string {
  const url = version.method === 'POST' ? version.type : `${version.type}/${version.id}`;
  const body = resource === null ? '' : `,"resource":${resource}`;
  const request = `{"method":"${version.body === null ? 'DELETE' : version.method}","url":"${url}"}`;
  const response = `{"status":"${statusOf(version)}","etag":${JSON.stringify(etagOf(version.versionId))},"lastModified":"${version.lastUpdated}"}`;
  return `{"fullUrl":"${base}/${version.type}/${version.id}"${body},"request":${request},"response":${response}}`;
}

/** The base URL as it stands inside JSON text, for `searchEntry` and `historyEntry`. */
export const baseText = escaped;

function tail({ total, links }: Pick<BundleHead, 'total' | 'links'>): string {
  const count = total === undefined ? '' : `,"total":${total}`;
  return `${count}${links.length === 0 ? '' : `,"link":[${links.map(linkText).join(',')}]`}`;
}

const start = (type: BundleHead['type']): string => `{"resourceType":"Bundle","type":"${type}"`;

/** A whole Bundle; entries are JSON texts. */
export const bundleText = (head: BundleHead, entries: readonly string[]): string =>
  `${start(head.type)}${tail(head)}${entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`}}`;

/** Characters of a piece: texts that are much longer cost more to copy and to collect than several of this size. */
const pieceLength = 65_536;

/** A Bundle in pieces; total and links stand at the end, when they are known. */
export async function* bundlePieces(
  type: BundleHead['type'],
  batches: AsyncIterable<readonly string[]>,
  end: () => Pick<BundleHead, 'total' | 'links'>,
): AsyncGenerator<string> {
  let piece = start(type);
  let before = ',"entry":[';
  for await (const batch of batches) {
    for (const entry of batch) {
      piece += before + entry;
      before = ',';
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
  }
  yield `${piece}${before === ',' ? ']' : ''}${tail(end())}}`;
}
