/**
 * Literal references: what the text of a Reference.reference says, by its grammar.
 * https://hl7.org/fhir/R4/references.html#literal, search URIs in transactions: https://hl7.org/fhir/R4/http.html#trules
 */
import { isId } from './id.ts';

/** `Patient/1`, `Patient/1/_history/2`, `Patient/1#part`: relative to the service base. */
export interface RelativeReference {
  readonly kind: 'relative';
  readonly type: string;
  readonly id: string;
  readonly version?: string;
  readonly fragment?: string;
}

/** `https://example.org/fhir/Patient/1`: a RESTful URL of some server; `root` is its base without trailing slash. */
export interface AbsoluteReference {
  readonly kind: 'absolute';
  readonly root: string;
  readonly type: string;
  readonly id: string;
  readonly version?: string;
  readonly fragment?: string;
}

/** `#x` names a contained resource by id; `#` (id '') the container itself. */
export interface ContainedReference {
  readonly kind: 'contained';
  readonly id: string;
}

/** `urn:uuid:…` or `urn:oid:…`: the fullUrl of an entry of the same Bundle. */
export interface UrnReference {
  readonly kind: 'urn';
  readonly urn: string;
  readonly fragment?: string;
}

/** `Patient?identifier=a|b`, allowed in a transaction only. */
export interface ConditionalReference {
  readonly kind: 'conditional';
  readonly type: string;
  /** Without the `?`. */
  readonly criteria: string;
}

/** Any other absolute URI: somewhere, but no FHIR REST address. */
export interface OtherReference {
  readonly kind: 'other';
  readonly uri: string;
}

export type LiteralReference =
  | RelativeReference
  | AbsoluteReference
  | ContainedReference
  | UrnReference
  | ConditionalReference
  | OtherReference;

type IsResourceType = (name: string) => boolean;

const uuidUrn = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const oidUrn = /^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/;
const absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/;

/** A urn:uuid or urn:oid by the grammar of the uuid and oid data types (upper case digits are let through). */
export const isUrn = (text: string): boolean => uuidUrn.test(text) || oidUrn.test(text);

/** What a literal reference says, or undefined when it follows no form that the specification knows. */
export function parseReference(text: string, isResourceType: IsResourceType): LiteralReference | undefined {
  if (text.startsWith('#')) return parseContained(text.slice(1));
  if (text.startsWith('urn:')) return parseUrn(text);
  const scheme = text.startsWith('http://') || text.startsWith('https://');
  if (scheme) return parseAbsolute(text, isResourceType);
  return parseConditional(text, isResourceType) ?? parseRelative(text, isResourceType) ?? parseOther(text);
}

function parseContained(id: string): ContainedReference | undefined {
  return id === '' || isId(id) ? { kind: 'contained', id } : undefined;
}

function parseUrn(text: string): UrnReference | OtherReference | undefined {
  const hash = text.indexOf('#');
  const urn = hash < 0 ? text : text.slice(0, hash);
  if (isUrn(urn)) return hash < 0 ? { kind: 'urn', urn } : { kind: 'urn', urn, fragment: text.slice(hash + 1) };
  // A urn:uuid that is no UUID is a mistake, not an address of some other kind.
  if (urn.startsWith('urn:uuid:') || urn.startsWith('urn:oid:')) return undefined;
  return parseOther(text);
}

function parseConditional(text: string, isResourceType: IsResourceType): ConditionalReference | undefined {
  const mark = text.indexOf('?');
  if (mark < 1 || mark === text.length - 1) return undefined;
  const type = text.slice(0, mark);
  return isResourceType(type) ? { kind: 'conditional', type, criteria: text.slice(mark + 1) } : undefined;
}

function parseOther(text: string): OtherReference | undefined {
  return absoluteUri.test(text) ? { kind: 'other', uri: text } : undefined;
}

function parseRelative(text: string, isResourceType: IsResourceType): RelativeReference | undefined {
  const local = parseLocal(text, isResourceType);
  return local?.before === '' ? { kind: 'relative', ...local.parts } : undefined;
}

function parseAbsolute(text: string, isResourceType: IsResourceType): AbsoluteReference | OtherReference | undefined {
  const local = parseLocal(text, isResourceType);
  const root = local?.before ?? '';
  if (local === undefined || !/^https?:\/\/[^/\s?#]+/.test(root)) return parseOther(text);
  return { kind: 'absolute', root: root.slice(0, -1), ...local.parts };
}

interface LocalParts {
  readonly type: string;
  readonly id: string;
  readonly version?: string;
  readonly fragment?: string;
}

/** `[before/]Type/id[/_history/version][#fragment]`, read from the end; `before` keeps its trailing slash. */
function parseLocal(text: string, isResourceType: IsResourceType): { before: string; parts: LocalParts } | undefined {
  const hash = text.indexOf('#');
  const url = hash < 0 ? text : text.slice(0, hash);
  const history = url.lastIndexOf('/_history/');
  const instance = history < 0 ? url : url.slice(0, history);
  const slash = instance.lastIndexOf('/');
  const start = instance.lastIndexOf('/', slash - 1) + 1;
  const type = instance.slice(start, slash);
  const id = instance.slice(slash + 1);
  if (slash < 1 || !isResourceType(type) || !isId(id)) return undefined;
  const version = history < 0 ? undefined : url.slice(history + '/_history/'.length);
  if (version !== undefined && !isId(version)) return undefined;
  const parts = {
    type,
    id,
    ...(version === undefined ? {} : { version }),
    ...(hash < 0 ? {} : { fragment: text.slice(hash + 1) }),
  };
  return { before: instance.slice(0, start), parts };
}
