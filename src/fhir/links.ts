/**
 * Every place of a resource where a link to another resource may stand, found by the definitions, compiled once per type.
 * https://hl7.org/fhir/R4/http.html#trules (references, uri, url, oid, uuid, narrative), https://hl7.org/fhir/R4/narrative.html
 */
import type { Definitions, TypeDefinition } from './definitions.ts';
import { narrativeLinks, replaceNarrativeLinks } from './narrative-link.ts';
import { isObject, type JsonObject, type Resource } from './resource.ts';

export type LinkKind = 'reference' | 'uri' | 'url' | 'canonical' | 'oid' | 'uuid' | 'narrative';

/** One link: `container[key]` holds `value` (for a narrative: the XHTML that holds it in an attribute). */
export interface Link {
  readonly container: JsonObject | unknown[];
  readonly key: string | number;
  readonly kind: LinkKind;
  readonly value: string;
  /** FHIRPath from the resource, such as `Observation.subject.reference`; made only when asked for. */
  readonly path: string;
}

/** Which values are worth a Link; asked before one is made. */
export type WantedLink = (value: string, kind: LinkKind) => boolean;

/** All links of a resource (its contained ones included), in the order of its text. */
export type FindLinks = (resource: Resource, wanted?: WantedLink) => Link[];

/** Links and children of a type by JSON property name; everything else cannot hold a link. */
interface LinkNode {
  readonly links: Map<string, LinkKind>;
  readonly children: Map<string, LinkNode | 'resource'>;
}

interface Search {
  readonly root: Resource;
  readonly wanted: WantedLink | undefined;
  readonly found: Link[];
}

const linkTypes = new Map<string, LinkKind>([
  ['uri', 'uri'],
  ['url', 'url'],
  ['canonical', 'canonical'],
  ['oid', 'oid'],
  ['uuid', 'uuid'],
  ['xhtml', 'narrative'],
]);

/**
 * Uris that name a definition, a code system or a namespace instead of leading to a resource, though they may look like
 * the fullUrl of one; and the entries of a stored Bundle, which keeps its own links.
 */
function isLeftAlone(type: TypeDefinition | undefined, name: string, target: string): boolean {
  if (type?.name === 'Bundle.entry') return true;
  if (name === 'url' && type?.name === 'Extension') return true;
  return target === 'uri' && (name === 'system' || (name === 'url' && type?.kind === 'resource'));
}

class FoundLink implements Link {
  readonly container: JsonObject | unknown[];
  readonly key: string | number;
  readonly kind: LinkKind;
  readonly value: string;
  readonly #root: Resource;

  constructor(root: Resource, container: JsonObject | unknown[], key: string | number, kind: LinkKind, value: string) {
    this.#root = root;
    this.container = container;
    this.key = key;
    this.kind = kind;
    this.value = value;
  }

  get path(): string {
    const way = wayTo(this.#root, this.container) ?? '';
    return `${this.#root.resourceType}${way}${typeof this.key === 'number' ? `[${this.key}]` : `.${this.key}`}`;
  }
}

/** `.subject` or `.performer[1]`: found by identity, since paths are wanted for errors only. */
function wayTo(from: unknown, sought: unknown): string | undefined {
  if (from === sought) return '';
  if (typeof from !== 'object' || from === null) return undefined;
  for (const [key, value] of Object.entries(from)) {
    const rest = wayTo(value, sought);
    if (rest !== undefined) return `${Array.isArray(from) ? `[${key}]` : `.${key}`}${rest}`;
  }
  return undefined;
}

export function compileLinks(definitions: Definitions): FindLinks {
  const nodeOf = linkNodes(definitions);
  return (resource, wanted) => {
    const search: Search = { root: resource, wanted, found: [] };
    walkResource(resource);
    return search.found;

    function walkResource(value: JsonObject): void {
      const type = value['resourceType'];
      if (typeof type === 'string' && definitions.isResourceType(type)) walk(value, nodeOf(type));
    }

    function walk(object: JsonObject, node: LinkNode): void {
      for (const key in object) {
        const value = object[key];
        if (typeof value === 'string') {
          const kind = node.links.get(key);
          if (kind !== undefined) collect(search, object, key, kind, value);
        } else if (typeof value === 'object' && value !== null) descend(value, key, node);
      }
    }

    function descend(value: object, key: string, node: LinkNode): void {
      const child = key.charCodeAt(0) === 95 ? nodeOf('Element') : node.children.get(key);
      if (!Array.isArray(value)) follow(value as JsonObject, child);
      else if (child === undefined) collectAll(search, value, node.links.get(key));
      else for (const item of value) if (isObject(item)) follow(item, child);
    }

    function follow(value: JsonObject, child: LinkNode | 'resource' | undefined): void {
      if (child === 'resource') walkResource(value);
      else if (child !== undefined) walk(value, child);
    }
  };
}

function collect(search: Search, container: JsonObject | unknown[], key: string | number, kind: LinkKind, value: string): void {
  const { root, wanted, found } = search;
  if (kind !== 'narrative') {
    if (wanted === undefined || wanted(value, kind)) found.push(new FoundLink(root, container, key, kind, value));
    return;
  }
  for (const link of narrativeLinks(value))
    if (wanted === undefined || wanted(link, kind)) found.push(new FoundLink(root, container, key, kind, link));
}

function collectAll(search: Search, values: unknown[], kind: LinkKind | undefined): void {
  if (kind === undefined) return;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === 'string') collect(search, values, i, kind, value);
  }
}

function linkNodes(definitions: Definitions): (type: string) => LinkNode {
  const nodes = new Map<string, LinkNode>();
  const nodeOf = (type: string): LinkNode => {
    const known = nodes.get(type);
    if (known !== undefined) return known;
    const node: LinkNode = { links: new Map(), children: new Map() };
    // Remembered before it is filled, since types contain themselves (Extension, Reference → Identifier → Reference).
    nodes.set(type, node);
    fill(type, node);
    return node;
  };
  const fill = (type: string, node: LinkNode): void => {
    const definition = definitions.type(type);
    for (const [name, { type: target }] of definitions.properties(type)) {
      if (isLeftAlone(definition, name, target.code)) continue;
      const kind = type === 'Reference' && name === 'reference' ? 'reference' : linkTypes.get(target.code);
      if (kind !== undefined) node.links.set(name, kind);
      else if (target.code === 'Resource' || definitions.isResourceType(target.code)) node.children.set(name, 'resource');
      else if (definitions.type(target.code)?.kind === 'complex') node.children.set(name, nodeOf(target.code));
    }
  };
  return nodeOf;
}

/** Where a link leads now, or undefined to leave it as it is. */
export type LinkTarget = (value: string, kind: LinkKind) => string | undefined;

/** Replaces links in place; links of one narrative are replaced together, so that no replacement is replaced again. */
export function rewriteLinks(links: readonly Link[], target: LinkTarget): void {
  let narrative: unknown;
  for (const link of links) {
    if (link.kind === 'narrative') {
      if (link.container !== narrative) rewriteNarrative(link, target);
      narrative = link.container;
      continue;
    }
    const now = target(link.value, link.kind);
    if (now !== undefined) setLink(link, now);
  }
}

function rewriteNarrative(link: Link, target: LinkTarget): void {
  const { container, key } = link as { container: JsonObject; key: string };
  container[key] = replaceNarrativeLinks(String(container[key]), (value) => target(value, 'narrative'));
}

export function setLink(link: Link, value: string): void {
  (link.container as Record<string | number, unknown>)[link.key] = value;
}
