/**
 * Elements that a path of FHIRPath selects, as JavaScript that looks at them. It holds for values whose structure is known to be right.
 * https://hl7.org/fhirpath/N1/#path-selection
 */
import type { Definitions, Property } from '../../fhir/definitions.ts';
import { and, or, type Prelude, property } from './javascript.ts';

/** What is left to the engine. */
export class Unsupported extends Error {}

/** A structure, or a primitive, that may be there. */
export interface Item {
  readonly type: string;
  readonly js: string;
  /** Of a primitive: its id and extensions. */
  readonly twin?: string | undefined;
  /** Whether it is there, as JavaScript. */
  readonly there: string;
  /** JavaScript of a JSON property. */
  get(key: string): string;
  /** JavaScript that tells whether a choice is there, of whatever type. */
  readonly choice?: (name: string) => string;
  /** Its structure may be wrong: lists in it are not looked at. */
  readonly isUnsure?: boolean;
}

export type Elements =
  /** At most one of the options is there. */
  | { readonly kind: 'one'; readonly options: readonly Item[]; readonly there?: string }
  | { readonly kind: 'list'; readonly js: string; readonly twin?: string | undefined; readonly type: string }
  /** Without the first. */
  | { readonly kind: 'tail'; readonly js: string; readonly type: string }
  /** Of all parts; equal ones count as often as they are there. */
  | { readonly kind: 'several'; readonly parts: readonly Elements[] }
  | { readonly kind: 'each'; readonly of: Elements; readonly step: (item: Item) => Elements }
  | { readonly kind: 'kept'; readonly of: Elements; readonly condition: (item: Item) => string }
  /** Answers of a condition; of those that have one, only that they are there is known. */
  | { readonly kind: 'answers'; readonly of: Elements; readonly isAnswered: (item: Item) => string };

export const one = (...options: readonly Item[]): Elements => ({ kind: 'one', options });

export const structure = (type: string, js: string, isSure: boolean): Item => ({
  type,
  js,
  there: isSure ? 'true' : `${js}!==undefined`,
  get: (key) => property(js, key, isSure),
});

/** The resource around. */
export const unsure = (type: string): Item => ({ ...structure(type, 'c.around.resource', true), isUnsure: true });

export const primitive = (type: string, js: string, twin: string | undefined): Item => ({
  type,
  js,
  twin,
  there: twin === undefined ? `${js}!==undefined` : `(${js}!==undefined||${twin}!==undefined)`,
  get: () => {
    throw new Unsupported('parts of a primitive');
  },
});

const manyOptions = 4;

export class Paths {
  private readonly definitions: Definitions;
  private readonly prelude: Prelude;

  constructor(definitions: Definitions, prelude: Prelude) {
    this.definitions = definitions;
    this.prelude = prelude;
  }

  isPrimitive(type: string): boolean {
    return this.definitions.type(type)?.kind === 'primitive';
  }

  /** The elements of a name in an item. */
  member(item: Item, name: string): Elements {
    const found = [...this.definitions.properties(item.type)].filter(([, { element }]) => element.name === name && element.max > 0);
    const [first] = found;
    if (first === undefined) throw new Unsupported(`${item.type} has no ${name}`);
    if (item.isUnsure && !found.every(([, { type }]) => this.isPrimitive(type.code))) throw new Unsupported('more of an unsure structure');
    if (item.isUnsure && first[1].element.max > 1) throw new Unsupported('a list of an unsure structure');
    if (first[1].element.max > 1) return this.list(item, first[0], first[1]);
    const options = found.map(([key, one]) => this.option(item, key, one));
    return { kind: 'one', options, ...(options.length > manyOptions ? { there: this.isThere(item, name, found) } : {}) };
  }

  /** Of many types it is faster to look which properties are there than to try each. */
  private isThere(item: Item, name: string, found: readonly (readonly [key: string, property: Property])[]): string {
    if (item.choice !== undefined) return item.choice(name);
    const keys = found.flatMap(([key, { element, type }]) => (this.hasTwin(element, type.code) ? [key, `_${key}`] : [key]));
    return `hasAny(${item.js},${this.prelude.constant(`new Set(${JSON.stringify(keys)})`)})`;
  }

  private list(item: Item, key: string, { element, type }: Property): Elements {
    const twin = this.hasTwin(element, type.code) ? item.get(`_${key}`) : undefined;
    return { kind: 'list', js: item.get(key), twin, type: type.code };
  }

  private option(item: Item, key: string, { element, type }: Property): Item {
    const js = item.get(key);
    if (!this.isPrimitive(type.code)) return structure(type.code, js, false);
    return primitive(type.code, js, this.hasTwin(element, type.code) ? item.get(`_${key}`) : undefined);
  }

  private hasTwin({ xml }: Property['element'], type: string): boolean {
    return this.isPrimitive(type) && xml !== 'attribute' && type !== 'xhtml';
  }

  step(of: Elements, name: string): Elements {
    const [only, ...others] = of.kind === 'one' ? of.options : [];
    if (only !== undefined && others.length === 0) return this.member(only, name);
    return { kind: 'each', of, step: (item) => this.member(item, name) };
  }

  /** Whether any of the elements fulfils the condition. */
  any(elements: Elements, holds: (item: Item) => string): string {
    switch (elements.kind) {
      case 'one':
        return or(...elements.options.map((item) => and(item.there, holds(item))));
      case 'list':
        return this.anyOfList(elements, holds);
      case 'tail':
        return this.anyOfTail(elements, holds);
      case 'several':
        return or(...elements.parts.map((part) => this.any(part, holds)));
      case 'each':
        return this.any(elements.of, (item) => this.any(elements.step(item), holds));
      case 'kept':
        return this.any(elements.of, (item) => and(elements.condition(item), holds(item)));
      case 'answers':
        throw new Unsupported('a condition on answers');
    }
  }

  exists(elements: Elements): string {
    if (elements.kind === 'one' && elements.there !== undefined) return elements.there;
    if (elements.kind === 'each') return this.any(elements.of, (item) => this.exists(elements.step(item)));
    return elements.kind === 'answers' ? this.any(elements.of, elements.isAnswered) : this.any(elements, () => 'true');
  }

  private anyOfList({ js, twin, type }: Extract<Elements, { kind: 'list' }>, holds: (item: Item) => string): string {
    const there = `${js}!==undefined`;
    const variable = this.prelude.variable();
    if (!this.isPrimitive(type)) {
      const condition = holds(structure(type, variable, true));
      return condition === 'true' ? there : and(there, `${js}.some(${variable}=>${condition})`);
    }
    // An item may be a null beside a twin: only whether there are any is certain.
    if (holds({ ...primitive(type, variable, undefined), there: 'true' }) !== 'true')
      throw new Unsupported('a condition on a list of primitives');
    return twin === undefined ? there : or(there, `${twin}!==undefined`);
  }

  private anyOfTail({ js, type }: Extract<Elements, { kind: 'tail' }>, holds: (item: Item) => string): string {
    const [variable, index] = [this.prelude.variable(), this.prelude.variable()];
    const condition = holds(structure(type, variable, true));
    const there = `${js}!==undefined`;
    return condition === 'true'
      ? and(there, `${js}.length>1`)
      : and(there, `${js}.some((${variable},${index})=>${and(`${index}>0`, condition)})`);
  }

  /** The elements of a name in all children of an item. */
  ofChildren(item: Item, name: string): Elements {
    const parts = [...this.definitions.properties(item.type)].flatMap(([, { element, type }]) => {
      if (type.code === 'Resource' && this.isNameOfResources(name)) throw new Unsupported('children of resources');
      return this.definitions.properties(type.code).has(name) ? [this.step(this.member(item, element.name), name)] : [];
    });
    return { kind: 'several', parts };
  }

  private isNameOfResources(name: string): boolean {
    return this.definitions.resourceTypes.some((type) =>
      [...this.definitions.properties(type).values()].some(({ element }) => element.name === name),
    );
  }

  /** The first of a list, and the others. */
  first(elements: Elements): Elements {
    if (elements.kind !== 'list' || this.isPrimitive(elements.type)) throw new Unsupported('first');
    return one(structure(elements.type, `${elements.js}?.[0]`, false));
  }

  tail(elements: Elements): Elements {
    if (elements.kind !== 'list' || this.isPrimitive(elements.type)) throw new Unsupported('tail');
    return { kind: 'tail', js: elements.js, type: elements.type };
  }

  count(elements: Elements): string {
    if (elements.kind === 'one') return `(${this.exists(elements)}?1:0)`;
    if (elements.kind !== 'list') throw new Unsupported('count');
    const { js, twin } = elements;
    return `(${twin === undefined ? js : `(${js}??${twin})`}?.length??0)`;
  }
}
