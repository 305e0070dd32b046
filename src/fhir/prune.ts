/**
 * Less of a resource: what `_summary` and `_elements` leave of it.
 * https://hl7.org/fhir/R4/search.html#summary, https://hl7.org/fhir/R4/search.html#elements
 */
import type { Definitions, ElementDefinition } from './definitions.ts';
import { carryExact } from './json/exact.ts';
import { isObject, type JsonObject, type Meta, type Resource } from './resource.ts';

export interface Pruning {
  /** `true`: what the definitions mark as summary, at every level. `text`: narrative and mandatory elements. `data`: all but the narrative. */
  readonly summary?: 'true' | 'text' | 'data';
  /** Top-level element names, `value` for any `value[x]`; wins over `summary`. */
  readonly elements?: readonly string[];
  /** Top-level element names that are left out, mandatory elements and modifiers excepted. */
  readonly excluded?: readonly string[];
}

interface Rule {
  readonly element: ElementDefinition;
  readonly type: string;
  readonly kind: 'resource' | 'complex' | 'primitive';
}

type Rules = ReadonlyMap<string, Rule>;

/** Names the type of the resource rather than being a part of it. */
const identity: ReadonlySet<string> = new Set(['resourceType', 'resourceDefinition']);

const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

const known = new WeakMap<Definitions, Map<string, Rules>>();

function makeRules(definitions: Definitions, typeName: string): Rules {
  const rules = new Map<string, Rule>();
  for (const [name, { element, type }] of definitions.properties(typeName)) {
    rules.set(name, { element, type: type.code, kind: definitions.type(type.code)?.kind ?? 'complex' });
  }
  return rules;
}

function rulesOf(definitions: Definitions, typeName: string): Rules {
  const all = known.get(definitions) ?? new Map<string, Rules>();
  known.set(definitions, all);
  const rules = all.get(typeName) ?? makeRules(definitions, typeName);
  all.set(typeName, rules);
  return rules;
}

const ruleFor = (rules: Rules, key: string): Rule | undefined => rules.get(key.startsWith('_') ? key.slice(1) : key);

/** SHOULD: always return mandatory elements — search.html#elements. Modifiers stay since the rest would be misread without them. */
const isEssential = ({ min, modifier }: ElementDefinition): boolean => min > 0 || modifier;

/** A shallow copy with the properties that `keep` wants. */
function select(resource: Resource, keep: (key: string) => boolean): Resource {
  const selected: Resource = { resourceType: resource.resourceType };
  for (const key in resource) if (identity.has(key) || keep(key)) selected[key] = resource[key];
  carryExact(resource, selected);
  return selected;
}

/** SHOULD: mark the resource with SUBSETTED — search.html#summary */
function mark(resource: Resource): Resource {
  const tags: readonly unknown[] = Array.isArray(resource.meta?.['tag']) ? resource.meta['tag'] : [];
  const marked = tags.some((tag) => isObject(tag) && tag['code'] === subsetted.code && tag['system'] === subsetted.system);
  if (marked) return resource;
  const meta: Meta = { ...resource.meta, tag: [...tags, { ...subsetted }] };
  if (resource.meta !== undefined) return carried(resource, { ...resource, meta });
  const { resourceType, id, ...rest } = resource;
  return carried(resource, { resourceType, ...(id === undefined ? {} : { id }), meta, ...rest });
}

function carried<T extends object>(from: object, to: T): T {
  carryExact(from, to);
  return to;
}

/** Reduces values to their summary elements. Parts that lose nothing are shared with the original. */
class Summary {
  private readonly definitions: Definitions;

  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  resource(resource: Resource): Resource {
    const summary = this.object(resource, resource.resourceType) as Resource;
    return mark(summary === resource ? carried(resource, { ...resource }) : summary);
  }

  private object(object: JsonObject, type: string): JsonObject {
    const rules = rulesOf(this.definitions, type);
    const kept: JsonObject = {};
    let changed = false;
    for (const key in object) {
      const value = identity.has(key) ? object[key] : this.property(object, key, ruleFor(rules, key));
      if (value !== undefined) kept[key] = value;
      if (value !== object[key]) changed = true;
    }
    return changed ? carried(object, kept) : object;
  }

  /** What stays of a property; undefined for nothing. */
  private property(object: JsonObject, key: string, rule: Rule | undefined): unknown {
    if (!rule) return undefined;
    const { element, type, kind } = rule;
    if (element.name === 'modifierExtension') return object[key];
    if (!element.summary && !isEssential(element)) return undefined;
    if (kind === 'primitive') return primitive(object, key, element);
    const value = object[key];
    const left = Array.isArray(value) ? this.list(value, type, kind) : this.part(value, type, kind);
    return left ?? (element.min > 0 ? value : undefined);
  }

  private list(values: readonly unknown[], type: string, kind: Rule['kind']): readonly unknown[] | undefined {
    const left = values.map((value) => this.part(value, type, kind)).filter((value) => value !== undefined);
    if (left.length === 0) return undefined;
    return left.length === values.length && left.every((value, index) => value === values[index]) ? values : left;
  }

  /** undefined where nothing of the part belongs to a summary: no element is ever empty. */
  private part(value: unknown, type: string, kind: Rule['kind']): unknown {
    if (!isObject(value)) return value;
    if (kind === 'resource') return this.resource(value as Resource);
    const left = this.object(value, type);
    return Object.keys(left).length === 0 ? undefined : left;
  }
}

/** Ids and extensions of primitives are no summary elements; where there is nothing but them, a mandatory element keeps them. */
function primitive(object: JsonObject, key: string, { min }: ElementDefinition): unknown {
  const value = object[key.startsWith('_') ? key.slice(1) : key];
  const hasValue = Array.isArray(value) ? value.some((item) => item !== null) : value !== undefined;
  if (!hasValue) return min > 0 ? object[key] : undefined;
  if (key.startsWith('_')) return undefined;
  return Array.isArray(value) && value.includes(null) ? value.filter((item) => item !== null) : value;
}

function pruneToText(resource: Resource, rules: Rules): Resource {
  return select(resource, (key) => {
    const element = ruleFor(rules, key)?.element;
    if (!element) return false;
    return ['id', 'meta', 'text', 'implicitRules', 'modifierExtension'].includes(element.name) || element.min > 0;
  });
}

function pruneToElements(resource: Resource, rules: Rules, wanted: ReadonlySet<string>): Resource {
  return select(resource, (key) => {
    const element = ruleFor(rules, key)?.element;
    if (!element) return false;
    return wanted.has(element.name) || wanted.has(key) || element.name === 'id' || element.name === 'meta' || isEssential(element);
  });
}

function pruneWithout(resource: Resource, rules: Rules, unwanted: ReadonlySet<string>): Resource {
  return select(resource, (key) => {
    const element = ruleFor(rules, key)?.element;
    if (!element || element.name === 'id' || element.name === 'meta' || isEssential(element)) return true;
    return !unwanted.has(element.name) && !unwanted.has(key);
  });
}

/**
 * The part of a resource that the pruning leaves, marked as SUBSETTED; with nothing asked for, the resource itself.
 * Parts are shared with the original, which stays as it is. Of a Bundle, this prunes the Bundle as a resource, not as an answer.
 */
export function prune(resource: Resource, definitions: Definitions, { summary, elements, excluded }: Pruning): Resource {
  const rules = rulesOf(definitions, resource.resourceType);
  if (elements !== undefined) return mark(pruneToElements(resource, rules, new Set(elements)));
  if (excluded !== undefined) return mark(pruneWithout(resource, rules, new Set(excluded)));
  if (summary === 'true') return new Summary(definitions).resource(resource);
  if (summary === 'text') return mark(pruneToText(resource, rules));
  return summary === 'data' ? mark(select(resource, (key) => key !== 'text')) : resource;
}

/** Those of the names that are no elements of the type (in `_elements` they deserve a 400). */
export function unknownElements(definitions: Definitions, type: string, names: readonly string[]): string[] {
  const rules = rulesOf(definitions, type);
  const bases = new Set([...rules.values()].map(({ element }) => element.name));
  return names.filter((name) => !bases.has(name) && !rules.has(name) && !identity.has(name));
}
