/**
 * What people can read in a resource, and what it refers to, in one walk along the definitions: strings and markdown, not codes, uris,
 * ids, dates or data. https://hl7.org/fhir/R4/search.html#content
 */
import type { Definitions } from '../../fhir/definitions.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';

export interface Content {
  /** XHTML of the resource's own narrative. */
  readonly narrative: string | undefined;
  /** Strings and markdown, in document order. */
  readonly texts: readonly string[];
  /** XHTML of narratives further within, such as those of sections and contained resources. */
  readonly narratives: readonly string[];
  /** Texts of literal references, distinct. Those of the entries of a Bundle are left out: they are read against the Bundle. */
  readonly references: ReadonlySet<string>;
}

export type ReadContent = (resource: Resource) => Content;

type Leaf = 'text' | 'narrative' | 'reference';
/** By property: a leaf, or the type of what stands below. `entries` are those of a Bundle. */
type Shape = ReadonlyMap<string, Leaf | { readonly type: string; readonly entries: boolean }>;

/** Strings that nobody reads. */
const unread: ReadonlySet<string> = new Set(['Identifier.value', 'Coding.version', 'SampledData.data']);
const unreadNames: ReadonlySet<string> = new Set(['id', 'linkId']);

class Finder {
  readonly #definitions: Definitions;
  readonly #shapes = new Map<string, Shape>();
  readonly texts: string[] = [];
  readonly narratives: string[] = [];
  references = new Set<string>();

  constructor(definitions: Definitions, shapes: Map<string, Shape>) {
    this.#definitions = definitions;
    this.#shapes = shapes;
  }

  walk(type: string, node: JsonObject, skipped?: string): void {
    const shape = this.#shapes.get(type) ?? this.#shapeOf(type);
    for (const name in node) {
      const child = shape.get(name) ?? (name.charCodeAt(0) === underscore ? element : undefined);
      if (child === undefined || name === skipped) continue;
      const value = node[name];
      if (Array.isArray(value)) for (const each of value) this.#take(child, each);
      else this.#take(child, value);
    }
  }

  #take(child: Leaf | { readonly type: string; readonly entries: boolean }, value: unknown): void {
    if (typeof child === 'object') {
      if (!isObject(value)) return;
      if (child.entries) this.#apart(child.type, value);
      else this.walk(child.type === 'Resource' ? String(value['resourceType']) : child.type, value);
    } else if (typeof value === 'string') {
      if (child === 'text') this.texts.push(value);
      else if (child === 'reference') this.references.add(value);
      else this.narratives.push(value);
    }
  }

  #apart(type: string, value: JsonObject): void {
    const own = this.references;
    this.references = new Set();
    this.walk(type, value);
    this.references = own;
  }

  #shapeOf(type: string): Shape {
    const shape = new Map<string, Leaf | { type: string; entries: boolean }>();
    for (const [name, { type: found }] of this.#definitions.properties(type)) {
      const leaf = leafOf(type, name, found.code);
      if (leaf !== undefined) shape.set(name, leaf);
      else if (this.#definitions.type(found.code)?.kind !== 'primitive')
        shape.set(name, { type: found.code, entries: type === 'Bundle' && name === 'entry' });
    }
    this.#shapes.set(type, shape);
    return shape;
  }
}

const underscore = 95;
/** What stands beside a primitive value: extensions. */
const element = { type: 'Element', entries: false };

function leafOf(type: string, name: string, code: string): Leaf | undefined {
  if (type === 'Reference' && name === 'reference') return 'reference';
  if (code === 'xhtml') return 'narrative';
  const isText = code === 'string' || code === 'markdown';
  return isText && !unread.has(`${type}.${name}`) && !unreadNames.has(name) ? 'text' : undefined;
}

const narrativeOf = ({ text }: Resource): string | undefined =>
  isObject(text) && typeof text['div'] === 'string' ? text['div'] : undefined;

export function contentReader(definitions: Definitions): ReadContent {
  const shapes = new Map<string, Shape>();
  return (resource) => {
    const finder = new Finder(definitions, shapes);
    const narrative = narrativeOf(resource);
    finder.walk(resource.resourceType, resource, narrative === undefined ? undefined : 'text');
    return { narrative, texts: finder.texts, narratives: finder.narratives, references: finder.references };
  };
}
