/** Every place of a resource, found by the definitions alone, and the ways to break it there. */
import type { Definitions, Property } from '../../src/fhir/definitions.ts';
import { isObject, type JsonObject, type Resource } from '../../src/fhir/resource.ts';

/** One JSON property of one object inside a resource. */
export interface Place {
  readonly owner: JsonObject;
  readonly key: string;
  readonly property: Property;
  /** FHIRPath of the element, and of the object that owns it. */
  readonly path: string;
  readonly parent: string;
  readonly primitive: boolean;
}

const typeOf = (value: JsonObject, code: string): string => (code === 'Resource' ? String(value.resourceType) : code);

/** All places under an object, in document order; twins left out. */
export function places(definitions: Definitions, owner: JsonObject, type: string, parent: string): Place[] {
  return Object.entries(owner).flatMap(([key, value]) => {
    const property = definitions.properties(type).get(key);
    if (property === undefined) return [];
    const path = `${parent}.${property.element.name}`;
    const primitive = definitions.type(property.type.code)?.kind === 'primitive';
    const items = Array.isArray(value) ? value : [value];
    const below = items.flatMap((item, i) => {
      if (!isObject(item)) return [];
      return places(definitions, item, typeOf(item, property.type.code), Array.isArray(value) ? `${path}[${i}]` : path);
    });
    return [{ owner, key, property, path, parent, primitive }, ...below];
  });
}

export const placesOf = (definitions: Definitions, resource: Resource): Place[] =>
  places(definitions, resource, resource.resourceType, resource.resourceType);

export interface Mutation {
  readonly name: string;
  fits(place: Place): boolean;
  /** Breaks the resource at the place; answers the path and the code of the issue that must come. */
  apply(place: Place): { readonly path: string; readonly code: string };
}

const isList = ({ owner, key }: Place): boolean => Array.isArray(owner[key]);
const hasTwin = ({ owner, key }: Place): boolean => owner[`_${key}`] !== undefined;
const dated = new Set(['date', 'dateTime', 'instant']);
const wrongFor = (value: unknown): unknown => (typeof value === 'string' ? 17 : 'text');

function replace(place: Place, value: unknown): string {
  const { owner, key, path } = place;
  if (!isList(place)) {
    owner[key] = value;
    return path;
  }
  const list = [...(owner[key] as unknown[])];
  list[list.length - 1] = value;
  owner[key] = list;
  return `${path}[${list.length - 1}]`;
}

const sample = ({ owner, key }: Place): unknown => {
  const value = owner[key];
  return Array.isArray(value) ? value.at(-1) : value;
};

export const mutations: readonly Mutation[] = [
  {
    name: 'an element that no type has',
    fits: () => true,
    apply: ({ owner, parent }) => {
      owner.zzNothing = 1;
      return { path: `${parent}.zzNothing`, code: 'structure' };
    },
  },
  {
    name: 'a value of another JSON type',
    fits: (place) => sample(place) !== null,
    apply: (place) => ({ path: replace(place, wrongFor(sample(place))), code: 'structure' }),
  },
  {
    name: 'an object in place of a primitive',
    fits: ({ primitive }) => primitive,
    apply: (place) => ({ path: replace(place, { a: 1 }), code: 'structure' }),
  },
  {
    name: 'an empty string',
    fits: (place) => typeof sample(place) === 'string',
    apply: (place) => ({ path: replace(place, ''), code: 'value' }),
  },
  {
    name: 'no required element',
    fits: (place) => place.property.element.min > 0,
    apply: ({ owner, key, path }) => {
      delete owner[key];
      delete owner[`_${key}`];
      return { path: path.slice(0, path.lastIndexOf('.')), code: 'required' };
    },
  },
  {
    name: 'a list in place of a single value',
    fits: (place) => !isList(place),
    apply: ({ owner, key, path }) => {
      owner[key] = [owner[key]];
      return { path, code: 'structure' };
    },
  },
  {
    name: 'a single value in place of a list',
    fits: (place) => isList(place) && !hasTwin(place),
    apply: ({ owner, key, path }) => {
      owner[key] = (owner[key] as unknown[])[0];
      return { path, code: 'structure' };
    },
  },
  {
    name: 'an empty list',
    fits: (place) => isList(place) && !hasTwin(place),
    apply: ({ owner, key, path }) => {
      owner[key] = [];
      return { path, code: 'structure' };
    },
  },
  {
    name: 'a date that no calendar has',
    fits: (place) => dated.has(place.property.type.code) && typeof sample(place) === 'string',
    apply: (place) => ({ path: replace(place, '2026-02-29T25:00:00Z'), code: 'value' }),
  },
  {
    name: 'a second type of a choice',
    fits: ({ property }) => property.element.choice,
    apply: ({ owner, key, property, path }) => {
      const { name, types } = property.element;
      const forms = types.map(({ code }) => `${name}${code.charAt(0).toUpperCase()}${code.slice(1)}`);
      owner[forms.find((form) => form !== key) ?? ''] = 'text';
      return { path, code: 'structure' };
    },
  },
];
