/**
 * Which format a client wants and which one it sends: `_format` over Accept, FHIR's own types and their aliases.
 * https://hl7.org/fhir/R4/http.html#mime-type, https://hl7.org/fhir/R4/versioning.html#mt-version
 */
import { type FhirError, refusal } from '../fhir/outcome.ts';
import { type MediaType, type Preference, parseMediaType, parsePreferences } from './media-type.ts';
import { remembered } from './remembered.ts';

export type FormatName = 'json' | 'xml';

/** How a response is to be written. */
export interface Format {
  readonly name: FormatName;
  readonly pretty: boolean;
  /** Content-Type of the response. */
  readonly contentType: string;
  /** The version of FHIR that was asked for; '' = none. */
  readonly version: string;
}

type Query = readonly (readonly [name: string, value: string])[];

const formatOfType: ReadonlyMap<string, FormatName> = new Map([
  ['application/fhir+json', 'json'],
  ['application/json', 'json'],
  ['text/json', 'json'],
  ['json', 'json'],
  ['application/json+fhir', 'json'],
  ['application/fhir+xml', 'xml'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
  ['xml', 'xml'],
  ['application/xml+fhir', 'xml'],
]);

/** Types that are answered as they were asked for; every other alias is answered in the formal type. */
const generic: ReadonlySet<string> = new Set(['application/json', 'text/json', 'application/xml', 'text/xml']);

const valid = 'application/fhir+json (json, application/json, text/json) and application/fhir+xml (xml, application/xml, text/xml)';
const versions: ReadonlySet<string> = new Set(['', '4.0', '4.0.1']);
/** Types that R4 does not have, such as GenomicStudy, are those of R5, and may be asked for as the incubator for R6 has them. */
const laterVersions: ReadonlySet<string> = new Set([...versions, '5.0', '5.0.0', '6.0', '6.0.0']);

interface Choice {
  readonly plain: Format;
  readonly pretty: Format;
}

// SHALL: the formal MIME types in responses; SHOULD: a generic type as it was asked for — http.html#mime-type
function choice(name: FormatName, version = '', wanted = ''): Choice {
  const type = generic.has(wanted) ? wanted : `application/fhir+${name}`;
  const contentType = `${type}; ${version === '' ? '' : `fhirVersion=${version}; `}charset=utf-8`;
  return { plain: { name, pretty: false, contentType, version }, pretty: { name, pretty: true, contentType, version } };
}

const standard = choice('json');

export const jsonFormat: Format = standard.plain;

const versionOf = (media: MediaType): string => media.parameters.get('fhirversion') ?? '';

interface Candidate {
  readonly name: FormatName;
  readonly type: string;
  readonly version: string;
  readonly quality: number;
  /** 3 = the type itself, 2 = `application/*`, 1 = anything. */
  readonly specificity: number;
}

const specificities: ReadonlyMap<string, number> = new Map([
  ['application/*', 2],
  ['*/*', 1],
  ['*', 1],
]);

function candidate(member: Preference, known: ReadonlySet<string>): Candidate | undefined {
  const name = formatOfType.get(member.type);
  const specificity = name === undefined ? specificities.get(member.type) : 3;
  if (specificity === undefined || member.quality === 0 || !known.has(versionOf(member))) return undefined;
  return { name: name ?? 'json', type: member.type, version: versionOf(member), quality: member.quality, specificity };
}

const excludes = (members: readonly Preference[], name: FormatName): boolean =>
  members.some((member) => member.quality === 0 && member.type === `application/fhir+${name}`);

/** A wildcard stands for JSON unless JSON was excluded by `q=0`, then for XML unless that was excluded too. */
function resolveWildcard(found: Candidate, members: readonly Preference[]): Candidate | undefined {
  if (found.specificity === 3 || !excludes(members, 'json')) return found;
  return excludes(members, 'xml') ? undefined : { ...found, name: 'xml' };
}

const better = (a: Candidate, b: Candidate): number => b.quality - a.quality || b.specificity - a.specificity;

function notAcceptable(what: string): FhirError {
  return refusal('not-supported', `${what} asks for a format that this server does not write; it writes ${valid}, fhirVersion 4.0.`, {
    status: 406,
  });
}

/** A browser names XML for web pages, not for FHIR. */
function withoutWebXml(members: readonly Preference[]): readonly Preference[] {
  return members.some((member) => member.type === 'text/html') ? members.filter((member) => member.type !== 'application/xml') : members;
}

interface Readers {
  /** `none` = nothing that the server writes is acceptable. */
  readonly acceptable: (accept: string) => Choice | 'none';
  readonly asked: (format: string) => Choice | 'none';
}

const acceptableOf = (known: ReadonlySet<string>) =>
  remembered((accept: string): Choice | 'none' => {
    const members = parsePreferences(accept);
    const candidates = withoutWebXml(members)
      .map((member) => candidate(member, known))
      .map((found) => (found === undefined ? undefined : resolveWildcard(found, members)))
      .filter((found) => found !== undefined);
    const best = candidates.sort(better)[0];
    return best === undefined ? 'none' : choice(best.name, best.version, best.type);
  });

const askedOf = (known: ReadonlySet<string>) =>
  remembered((text: string): Choice | 'none' => {
    // An unescaped `+` of a query arrives as a space.
    const media = parseMediaType(text.trim().replace(/^(application\/fhir) /i, '$1+'));
    const name = media === undefined ? undefined : formatOfType.get(media.type);
    if (media === undefined || name === undefined || !known.has(versionOf(media))) return 'none';
    return choice(name, versionOf(media));
  });

const readersOf = (known: ReadonlySet<string>): Readers => ({ acceptable: acceptableOf(known), asked: askedOf(known) });

const standardReaders = readersOf(versions);
const laterReaders = readersOf(laterVersions);

function valueOf(query: Query, name: string): string | undefined {
  for (const pair of query) if (pair[0] === name) return pair[1];
  return undefined;
}

function isPretty(query: Query): boolean {
  const value = valueOf(query, '_pretty');
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw refusal('value', `_pretty is "true" or "false", not "${value.slice(0, 20)}".`);
}

function chosen(accept: string | undefined, query: Query, { asked, acceptable }: Readers): Choice {
  const format = valueOf(query, '_format');
  // SHALL: _format overrides the Accept header — http.html#parameters
  const found =
    format !== undefined && format !== '' ? asked(format) : accept === undefined || accept === '' ? standard : acceptable(accept);
  if (found === 'none') throw notAcceptable(format ? '_format' : 'The Accept header');
  return found;
}

/** The format of the response; `isLater`: of a type that R4 does not have. Throws 406. */
export function negotiate(accept: string | undefined, query: Query, isLater = false): Format {
  const found = chosen(accept, query, isLater ? laterReaders : standardReaders);
  return query.length > 0 && isPretty(query) ? found.pretty : found.plain;
}

/** For responses that have a native content type or report a fault of the request: never refuses. */
export function negotiateLeniently(accept: string | undefined, query: Query): Format {
  try {
    return negotiate(accept, query);
  } catch {
    return jsonFormat;
  }
}

const noMediaType: MediaType = { type: '', parameters: new Map() };

/** Content-Type of a request; an absent or unreadable one has type ''. */
export const contentTypeOf = remembered((header: string): MediaType => parseMediaType(header) ?? noMediaType);

function unsupported(what: string): FhirError {
  return refusal('not-supported', `${what}; send ${valid}, charset utf-8, fhirVersion 4.0.`, { status: 415 });
}

const charsets: ReadonlySet<string> = new Set(['', 'utf-8', 'utf8', 'us-ascii']);

/** The format of a request body that holds a resource; `isLater`: of a type that R4 does not have. Throws 415. */
export function bodyFormat(media: MediaType, isLater = false): FormatName {
  const name = formatOfType.get(media.type);
  if (media.type === '') throw unsupported('The request has a body but no readable Content-Type');
  if (name === undefined) throw unsupported(`The Content-Type ${media.type} is not one in which this server reads resources`);
  if (!charsets.has(media.parameters.get('charset')?.toLowerCase() ?? '')) throw unsupported('The body is not declared to be UTF-8');
  if (!(isLater ? laterVersions : versions).has(versionOf(media)))
    throw unsupported('The body is declared to be of another version of FHIR');
  return name;
}

/** Plain JSON such as JSON Patch; throws 415. */
export function checkJson(media: MediaType): void {
  if (media.type === 'application/json-patch+json' || formatOfType.get(media.type) === 'json') return;
  throw refusal('not-supported', `The Content-Type ${media.type || '(none)'} is not JSON; send application/json-patch+json.`, {
    status: 415,
  });
}
