/**
 * Links between the entries of a transaction: which entry a link means, what it becomes, and which links nobody answers.
 * https://hl7.org/fhir/R4/bundle.html#references, https://hl7.org/fhir/R4/http.html#trules
 */
import { type Link, type LinkKind, rewriteLinks, setLink, type WantedLink } from './links.ts';
import { type Issue, statusOfIssue } from './outcome.ts';

/** What an entry of the Bundle is called there and what it is called on this server. */
export interface EntryIdentity {
  readonly fullUrl?: string;
  readonly type: string;
  readonly id: string;
  /** The version that the transaction makes, where it is known already; `1` for every create. */
  readonly version?: string;
}

export interface LinkMap {
  /** `Type/id` by fullUrl. */
  readonly identities: ReadonlyMap<string, EntryIdentity>;
  /** Some fullUrl is no urn: uris of any form may match. */
  readonly urls: boolean;
}

/** A reference by search, such as `Patient?identifier=a|b`, which the repository has to resolve. */
export interface SearchReference {
  readonly link: Link;
  readonly type: string;
  /** Without the type and the `?`. */
  readonly criteria: string;
}

/** What is left to do once the links between entries are replaced. */
export interface OpenLinks {
  readonly conditional: readonly SearchReference[];
  /** References to a urn:uuid that no entry of the Bundle carries. */
  readonly unresolved: readonly Link[];
}

export function linkMap(entries: readonly EntryIdentity[]): LinkMap {
  const identities = new Map<string, EntryIdentity>();
  let urls = false;
  for (const entry of entries) {
    if (entry.fullUrl === undefined) continue;
    identities.set(entry.fullUrl, entry);
    urls ||= !entry.fullUrl.startsWith('urn:');
  }
  return { identities, urls };
}

/** Which values can lead to an entry; hand it to the link finder, so that `http://loinc.org` never becomes a Link. */
export function wantedLinks(map: LinkMap, fullUrl?: string): WantedLink {
  const root = rootOf(map, fullUrl);
  if (map.identities.size === 0) return (_value, kind) => kind === 'reference';
  if (!map.urls) return (value, kind) => kind === 'reference' || (isTemporary(value) && target(map, root, value, kind) !== undefined);
  return (value, kind) => kind === 'reference' || target(map, root, value, kind) !== undefined;
}

const isTemporary = (value: string): boolean => value.startsWith('urn:uuid:') || value.startsWith('urn:oid:');

const restfulUrl = /^(https?:\/\/.+)\/[A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/;

/** The base against which relative links of an entry are read; of no use when no fullUrl is a URL. */
const rootOf = (map: LinkMap, fullUrl: string | undefined): string | undefined =>
  map.urls && fullUrl !== undefined ? restfulUrl.exec(fullUrl)?.[1] : undefined;

/** Replaces, in place, the links of one entry's resource that lead to other entries. `fullUrl` is that entry's own. */
export function rewriteBundleLinks(links: readonly Link[], map: LinkMap, fullUrl?: string): OpenLinks {
  const root = rootOf(map, fullUrl);
  const open: { conditional: SearchReference[]; unresolved: Link[] } = { conditional: [], unresolved: [] };
  rewriteLinks(links, (value, kind) => target(map, root, value, kind));
  for (const link of links) if (link.kind === 'reference') sort(link, currentValue(link), open);
  return open;
}

const currentValue = (link: Link): string => String((link.container as Record<string | number, unknown>)[link.key]);

function sort(link: Link, value: string, open: { conditional: SearchReference[]; unresolved: Link[] }): void {
  if (value.startsWith('urn:uuid:')) open.unresolved.push(link);
  else {
    const mark = searchMark(value);
    if (mark > 0) open.conditional.push({ link, type: value.slice(0, mark), criteria: value.slice(mark + 1) });
  }
}

/** Where the `?` of a search URI stands: it follows a type name at once, so that `http://a/b?c` is none. */
function searchMark(value: string): number {
  const mark = value.indexOf('?');
  return mark > 0 && /^[A-Z][A-Za-z]*$/.test(value.slice(0, mark)) ? mark : -1;
}

/** What a link becomes: looked up as written, then against the base of its entry, then without its version, fragment or `|version`. */
function target(map: LinkMap, root: string | undefined, value: string, kind: LinkKind): string | undefined {
  // SHALL: canonical elements are not replaced — http.html#trules. A temporary urn is, since it leads nowhere afterwards.
  if (kind === 'canonical' && !isTemporary(value)) return undefined;
  const exact = map.identities.get(value);
  if (exact !== undefined) return `${exact.type}/${exact.id}`;
  if (root !== undefined && isRelative(value)) {
    const resolved = target(map, undefined, `${root}/${value}`, kind);
    if (resolved !== undefined) return resolved;
  }
  return targetOfParts(map, value);
}

const isRelative = (value: string): boolean => value.charCodeAt(0) !== 35 && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(value);

const versioned = /^(.*)\/_history\/([^/#|]+)$/;

function targetOfParts(map: LinkMap, value: string): string | undefined {
  const end = value.search(/[#|]/);
  const url = end > 0 ? value.slice(0, end) : value;
  const rest = end > 0 ? value.slice(end) : '';
  const history = versioned.exec(url);
  if (rest === '' && history === null) return undefined;
  const entry = map.identities.get(history?.[1] ?? url);
  if (entry === undefined) return undefined;
  return `${entry.type}/${entry.id}${history === null ? '' : versionPart(entry, history[2] ?? '')}${rest}`;
}

/**
 * A version-specific link stays version-specific where the new version is known; https://hl7.org/fhir/R4/http.html#trules lets
 * clients choose arbitrary versions, so that an unknown one is dropped, never kept as if it meant ours.
 */
const versionPart = (entry: EntryIdentity, asked: string): string => {
  if (entry.version !== undefined) return `/_history/${entry.version}`;
  return entry.fullUrl?.endsWith(`/${entry.type}/${entry.id}`) ? `/_history/${asked}` : '';
};

/** Puts the found resource in the place of the search URI. `found` is `Type/id`. */
export const resolveSearchReference = (reference: SearchReference, found: string): void => setLink(reference.link, found);

/** Told at once: to find the path of each takes a walk through its resource. */
const mostIssues = 50;

/** Issues of links that lead to no entry; `at` is where the resource stands, such as `Bundle.entry[3].resource`. */
export const unresolvedIssues = (links: readonly Link[], at: string): Issue[] =>
  links.slice(0, mostIssues).map((link) => ({
    severity: 'error',
    code: 'value',
    diagnostics: `No entry of this Bundle has the fullUrl "${shortened(link.value)}": give one, or refer to Type/id or to Type?criteria`,
    expression: [expressionAt(at, link.path)],
  }));

/** HTTP status for unresolvable links. */
export const unresolvedStatus: number = statusOfIssue.value;

const shortened = (value: string): string => (value.length > 80 ? `${value.slice(0, 80)}…` : value);

/** `Bundle.entry[3].resource` + `Observation.subject.reference` → `Bundle.entry[3].resource.subject.reference`. */
export const expressionAt = (at: string, path: string): string => (at === '' ? path : `${at}${path.slice(path.indexOf('.'))}`);
