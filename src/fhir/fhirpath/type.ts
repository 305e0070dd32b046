/**
 * The types that expressions know: those of FHIR, from the definitions, and the System types of the language.
 * https://hl7.org/fhirpath/N1/#models, https://hl7.org/fhir/R4/fhirpath.html#types
 */
import type { Definitions, TypeDefinition } from '../definitions.ts';
import { nearest } from '../nearest.ts';

export type SystemName = 'Boolean' | 'String' | 'Integer' | 'Decimal' | 'Date' | 'DateTime' | 'Time' | 'Quantity';

export type TypeKind = 'resource' | 'complex' | 'primitive' | 'system';

/** One JSON property by which an element may be known: several for a choice. */
export interface Alternative {
  readonly key: string;
  /** The property with the id and extensions of a primitive. */
  readonly twin: string;
  readonly type: Type;
}

/** An element of a type as expressions see it. */
export interface Member {
  readonly name: string;
  readonly list: boolean;
  readonly choice: boolean;
  readonly alternatives: readonly Alternative[];
}

/** Every type is there once, so that types are compared by identity. */
export class Type {
  readonly namespace: 'FHIR' | 'System';
  /** `Patient`, or the path of an inline structure, such as `Patient.contact`. */
  readonly name: string;
  readonly kind: TypeKind;
  /** A resource type that only its heirs have instances of. */
  readonly abstract: boolean;
  readonly base: Type | undefined;
  /** The System type that values are converted to. */
  readonly system: SystemName | undefined;
  private readonly list: () => ReadonlyMap<string, Member>;
  private known: ReadonlyMap<string, Member> | undefined;

  constructor(head: Pick<Type, 'namespace' | 'name' | 'kind' | 'abstract' | 'base' | 'system'>, list: () => ReadonlyMap<string, Member>) {
    this.namespace = head.namespace;
    this.name = head.name;
    this.kind = head.kind;
    this.abstract = head.abstract;
    this.base = head.base;
    this.system = head.system;
    this.list = list;
  }

  get members(): ReadonlyMap<string, Member> {
    this.known ??= this.list();
    return this.known;
  }

  isA(type: Type): boolean {
    return this === type || (this.base?.isA(type) ?? false);
  }

  /** What type() says: an inline structure goes by the name of what it derives from. */
  get publicName(): string {
    return this.name.includes('.') ? (this.base?.name ?? this.name) : this.name;
  }

  toString(): string {
    return `${this.namespace}.${this.name}`;
  }
}

const systemNames: readonly SystemName[] = ['Boolean', 'String', 'Integer', 'Decimal', 'Date', 'DateTime', 'Time', 'Quantity'];

const systemOfPrimitive: Readonly<Record<string, SystemName>> = {
  boolean: 'Boolean',
  integer: 'Integer',
  unsignedInt: 'Integer',
  positiveInt: 'Integer',
  decimal: 'Decimal',
  date: 'Date',
  dateTime: 'DateTime',
  instant: 'DateTime',
  time: 'Time',
};

const none: ReadonlyMap<string, Member> = new Map();

const systemType = (name: string, system: SystemName | undefined, base?: Type): Type =>
  new Type({ namespace: 'System', name, kind: 'system', abstract: false, base, system }, () => none);

export const anyType: Type = systemType('Any', undefined);

export const systemTypes: Readonly<Record<SystemName, Type>> = Object.fromEntries(
  systemNames.map((name) => [name, systemType(name, name, anyType)]),
) as Record<SystemName, Type>;

/** What type() gives. https://hl7.org/fhirpath/N1/#reflection */
export const typeInfo: Type = systemType('TypeInfo', undefined, anyType);

/** The types of one registry. */
export class Types {
  private readonly definitions: Definitions;
  private readonly known = new Map<string, Type>();
  private resourceMembers: ReadonlySet<string> | undefined;
  readonly resource: Type;

  constructor(definitions: Definitions) {
    this.definitions = definitions;
    const resource = this.fhir('Resource');
    if (resource === undefined) throw new Error('The definitions have no type Resource.');
    this.resource = resource;
  }

  /** A type of FHIR by its name. */
  fhir(name: string): Type | undefined {
    const found = this.known.get(name);
    if (found !== undefined) return found;
    const definition = this.definitions.type(name);
    if (definition === undefined) return undefined;
    const type = this.make(definition);
    this.known.set(name, type);
    return type;
  }

  private make({ name, kind, abstract, base }: TypeDefinition): Type {
    const ancestor = base === undefined ? undefined : this.fhir(base);
    const system = kind === 'primitive' ? (systemOfPrimitive[name] ?? 'String') : this.isQuantity(name, ancestor) ? 'Quantity' : undefined;
    return new Type({ namespace: 'FHIR', name, kind, abstract, base: ancestor, system }, () => this.membersOf(name));
  }

  private isQuantity(name: string, base: Type | undefined): boolean {
    return name === 'Quantity' || base?.system === 'Quantity';
  }

  private membersOf(typeName: string): ReadonlyMap<string, Member> {
    const members = new Map<string, Member & { alternatives: Alternative[] }>();
    for (const [key, { element, type }] of this.definitions.properties(typeName)) {
      const found = this.fhir(type.code);
      if (found === undefined) continue;
      const { name, choice, max } = element;
      const member = members.get(name) ?? { name, choice, list: max > 1, alternatives: [] };
      member.alternatives.push({ key, twin: `_${key}`, type: found });
      members.set(name, member);
    }
    return members;
  }

  /** The type that a resource says it is of. */
  ofResource(resourceType: unknown): Type {
    const found = typeof resourceType === 'string' ? this.fhir(resourceType) : undefined;
    return found?.kind === 'resource' ? found : this.resource;
  }

  /** A type by its name, in the model of FHIR first. */
  named(parts: readonly string[]): Type | undefined {
    const [first = '', second] = parts;
    const system = (name: string) => (name === 'Any' ? anyType : systemTypes[name as SystemName]);
    if (second === undefined) return this.fhir(first) ?? system(first);
    if (first === 'System') return parts.length === 2 ? system(second) : undefined;
    return this.fhir(first === 'FHIR' ? parts.slice(1).join('.') : parts.join('.'));
  }

  /** Whether any resource type has an element of that name. */
  isResourceMember(name: string): boolean {
    this.resourceMembers ??= new Set(this.definitions.resourceTypes.flatMap((type) => [...(this.fhir(type)?.members.keys() ?? [])]));
    return this.resourceMembers.has(name);
  }

  nearestName(name: string): string | undefined {
    return nearest(name, [...this.definitions.resourceTypes, ...dataTypes, ...systemNames]);
  }
}

const dataTypes = [
  'Address',
  'Age',
  'CodeableConcept',
  'Coding',
  'ContactPoint',
  'Duration',
  'HumanName',
  'Identifier',
  'Period',
  'Quantity',
]
  .concat(['Range', 'Ratio', 'Reference', 'Timing'])
  .concat(['boolean', 'canonical', 'code', 'date', 'dateTime', 'decimal', 'id', 'instant', 'integer', 'string', 'time', 'uri', 'url']);

const byDefinitions = new WeakMap<Definitions, Types>();

/** The types of a registry, made once. */
export function typesOf(definitions: Definitions): Types {
  const types = byDefinitions.get(definitions) ?? new Types(definitions);
  byDefinitions.set(definitions, types);
  return types;
}
