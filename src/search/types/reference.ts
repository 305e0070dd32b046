/** Reference parameters: what a reference, canonical or uri leaves in the index. https://hl7.org/fhir/R4/search.html#reference */
import { parseReference } from '../../fhir/reference.ts';
import { isObject } from '../../fhir/resource.ts';
import { containedName } from '../contained/type.ts';
import type { IndexKey } from '../index-key.ts';
import { partialVersionLink, referenceLink, unversionedLink } from '../link-token.ts';
import type { Memo } from '../memo.ts';
import type { Indexer, RowCollector } from '../row-collector.ts';
import { identifier } from './token.ts';

export interface ReferenceContext {
  readonly isResourceType: (name: string) => boolean;
  /** Absolute bases of this server, without trailing slash: references to them are local. */
  readonly bases: ReadonlySet<string>;
  /** What texts were read as before; null = no search can name it. */
  readonly known?: Memo<IndexedTarget | null>;
}

/** The form in which a literal reference is indexed: `Patient/1` for local ones, the URL without version for others. */
export interface IndexedTarget {
  readonly target: string;
  readonly version?: string;
  /** A resource of this server. */
  readonly local: boolean;
}

/** Undefined for contained resources, which no search can name, and for what is no reference. */
export function indexedTarget(text: string, context: ReferenceContext): IndexedTarget | undefined {
  const known = context.known?.get(text);
  if (known !== undefined) return known ?? undefined;
  const found = readTarget(text, context);
  context.known?.set(text, found ?? null);
  return found;
}

function readTarget(text: string, context: ReferenceContext): IndexedTarget | undefined {
  const found = parseReference(text, context.isResourceType);
  if (found === undefined || found.kind === 'contained') return undefined;
  if (found.kind !== 'relative' && found.kind !== 'absolute') return { target: text, local: false };
  const local = found.kind === 'relative' || context.bases.has(found.root);
  const target = local ? `${found.type}/${found.id}` : `${found.root}/${found.type}/${found.id}`;
  return found.version === undefined ? { target, local } : { target, version: found.version, local };
}

export function linkOf(parameter: IndexKey, target: string): string {
  const known = parameter.links?.get(target);
  if (known !== undefined) return known;
  const link = referenceLink(parameter.text, target);
  parameter.links?.set(target, link);
  return link;
}

/** `#m1` is what the resource contains under that id, `#` the resource itself. */
const within = (parameter: IndexKey, text: string, rows: RowCollector): void =>
  rows.hash(referenceLink(parameter.text, text === '#' ? rows.container : containedName(rows.container, text.slice(1))));

export function referenceIndexers(context: ReferenceContext): ReadonlyMap<string, Indexer> {
  function literal(parameter: IndexKey, text: string, rows: RowCollector): void {
    if (parameter.sharesLiterals) return;
    if (text.startsWith('#')) return within(parameter, text, rows);
    const found = indexedTarget(text, context);
    if (!found) return;
    rows.hash(linkOf(parameter, found.target));
    if (found.version !== undefined) rows.hash(referenceLink(parameter.text, `${found.target}/_history/${found.version}`));
  }

  const reference: Indexer = (parameter, value, rows) => {
    if (!isObject(value)) return;
    if (typeof value['reference'] === 'string') literal(parameter, value['reference'], rows);
    if (value['identifier'] !== undefined && parameter.identifier) identifier(parameter.identifier, value['identifier'], rows);
  };

  const resource: Indexer = (parameter, value, rows) => {
    if (isObject(value) && typeof value['id'] === 'string') literal(parameter, `${String(value['resourceType'])}/${value['id']}`, rows);
  };

  const conceptOrReference: Indexer = (parameter, value, rows) => {
    if (isObject(value)) reference(parameter, value['reference'], rows);
  };

  return new Map([
    ['Reference', reference],
    ['CodeableReference', conceptOrReference],
    ['Resource', resource],
    ['uri', canonical],
    ['url', canonical],
    ['canonical', canonical],
    ['oid', canonical],
    ['uuid', canonical],
  ]);
}

/** Beginnings of a version: `1` and `1.0` of `1.0.2`. */
export function versionParts(version: string): readonly string[] {
  const parts = version.split('.').slice(0, mostVersionParts);
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
}

/** Further ones are no version that anybody asks for by its beginning. */
const mostVersionParts = 10;

/** A canonical is found with and without its version, and with the beginning of it. */
export const canonical: Indexer = (parameter, value, rows) => {
  if (typeof value !== 'string') return;
  if (value.startsWith('#')) within(parameter, value, rows);
  rows.hash(linkOf(parameter, value));
  const bar = value.indexOf('|');
  if (bar <= 0) return;
  rows.hash(unversionedLink(parameter.text, value.slice(0, bar)));
  for (const part of versionParts(value.slice(bar + 1))) rows.hash(partialVersionLink(parameter.text, `${value.slice(0, bar)}|${part}`));
};
