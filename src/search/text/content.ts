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

/** What stands below a property. */
interface Below {
  readonly type: string;
  /** Entries of a Bundle. */
  readonly entries: boolean;
  /** Made when it is first needed; never of a `Resource`, which names its own type. */
  shape?: Shape;
}

type Shape = ReadonlyMap<string, Leaf | Below>;

/** Strings that nobody reads. */
const unread: ReadonlySet<string> = new Set(['Identifier.value', 'Coding.version', 'SampledData.data']);
const unreadNames: ReadonlySet<string> = new Set(['id', 'linkId']);

class Finder {
  readonly #definitions: Definitions;
  readonly #shapes = new Map<string, Shape>();
  /** What stands beside a primitive value: extensions. */
  readonly #element: Below;
  readonly #words: boolean;
  readonly texts: string[] = [];
  readonly narratives: string[] = [];
  references = new Set<string>();

  constructor(definitions: Definitions, shapes: Map<string, Shape>, element: Below, words: boolean) {
    this.#definitions = definitions;
    this.#shapes = shapes;
    this.#element = element;
    this.#words = words;
  }

  walk(type: string, node: JsonObject, skipped?: string): void {
    this.#walk(this.#shapes.get(type) ?? this.#shapeOf(type), node, skipped);
  }

  #walk(shape: Shape, node: JsonObject, skipped?: string): void {
    for (const name in node) {
      const child = shape.get(name) ?? (name.charCodeAt(0) === underscore ? this.#element : undefined);
      if (child === undefined || name === skipped) continue;
      const value = node[name];
      if (Array.isArray(value)) for (const each of value) this.#take(child, each);
      else this.#take(child, value);
    }
  }

  #take(child: Leaf | Below, value: unknown): void {
    if (typeof child === 'object') {
      if (isObject(value)) this.#enter(child, value);
    } else if (typeof value === 'string') {
      if (child === 'text') this.texts.push(value);
      else if (child === 'reference') this.references.add(value);
      else this.narratives.push(value);
    }
  }

  #enter(below: Below, value: JsonObject): void {
    if (below.entries) this.#apart(below.type, value);
    else if (below.type === 'Resource') this.walk(String(value['resourceType']), value);
    else this.#walk((below.shape ??= this.#shapes.get(below.type) ?? this.#shapeOf(below.type)), value);
  }

  #apart(type: string, value: JsonObject): void {
    const own = this.references;
    this.references = new Set();
    this.walk(type, value);
    this.references = own;
  }

  #shapeOf(type: string): Shape {
    const shape = new Map<string, Leaf | Below>();
    // Known before it is filled: types hold themselves.
    this.#shapes.set(type, shape);
    for (const [name, { type: found }] of this.#definitions.properties(type)) {
      const leaf = leafOf(type, name, found.code);
      if (leaf !== undefined) {
        if (this.#words || leaf === 'reference') shape.set(name, leaf);
      } else if (this.#definitions.type(found.code)?.kind !== 'primitive')
        shape.set(name, { type: found.code, entries: type === 'Bundle' && name === 'entry' });
    }
    return shape;
  }
}

const underscore = 95;

function leafOf(type: string, name: string, code: string): Leaf | undefined {
  if (type === 'Reference' && name === 'reference') return 'reference';
  if (code === 'xhtml') return 'narrative';
  const isText = code === 'string' || code === 'markdown';
  return isText && !unread.has(`${type}.${name}`) && !unreadNames.has(name) ? 'text' : undefined;
}

const narrativeOf = ({ text }: Resource): string | undefined =>
  isObject(text) && typeof text['div'] === 'string' ? text['div'] : undefined;

/** Without `words`, only what is referred to is looked for. */
export function contentReader(definitions: Definitions, words = true): ReadContent {
  const shapes = new Map<string, Shape>();
  const element: Below = { type: 'Element', entries: false };
  return (resource) => {
    const finder = new Finder(definitions, shapes, element, words);
    const narrative = narrativeOf(resource);
    finder.walk(resource.resourceType, resource, narrative === undefined ? undefined : 'text');
    return { narrative, texts: finder.texts, narratives: finder.narratives, references: finder.references };
  };
}
