/** Steps of a path: the elements of a name. https://hl7.org/fhirpath/N1/#path-selection, https://hl7.org/fhir/R4/fhirpath.html#polymorphism */
import { nearest } from '../nearest.ts';
import type { JsonObject } from '../resource.ts';
import { anything, type Compiled, type Many, type One, type Shape, several, shapeOf, single } from './compiled.ts';
import type { Compiler } from './compiler.ts';
import { systemValue } from './convert.ts';
import { fault, type Span } from './fault.ts';
import { bodyOf, type Item, type Items, Node, nothing, typeOf, withType } from './item.ts';
import { Quantity } from './quantity.ts';
import { type Reader, readerOf } from './read.ts';
import { placed } from './track.ts';
import { anyType, type Member, systemTypes, type Type, type Types, typeInfo } from './type.ts';

export function compileMember(compiler: Compiler, target: Compiled, name: string, span: Span): Compiled {
  const members = membersOf(compiler, target, name, span);
  const member = compiler.tracked ? undefined : staticMember(target.raw, name);
  if (member === undefined) return dynamicStep(compiler, target, name, members);
  return { ...staticStep(target, readerOf(member)), types: typesOfMember(member), narrowed: narrowing(target, member) };
}

/** Of a structure that is plain JSON, or of any resource. */
function staticMember(raw: Type | undefined, name: string): Member | undefined {
  return raw === undefined || raw.kind === 'primitive' ? undefined : raw.members.get(name);
}

const typesOfMember = ({ alternatives }: Member): Type[] => alternatives.map(({ type }) => type);

/** A choice narrowed to a type is read as if it were no choice. */
const narrowing =
  (target: Compiled, member: Member): Compiled['narrowed'] =>
  (type) => {
    const fitting = member.alternatives.filter((one) => one.type === type);
    const isOther = member.alternatives.some((one) => one.type !== type && one.type.isA(type) && one.type.kind !== 'primitive');
    if (fitting.length === 0 || isOther || !member.choice) return undefined;
    return { ...staticStep(target, readerOf({ ...member, alternatives: fitting })), types: [type] };
  };

function staticStep({ one, many, fixed }: Compiled, reader: Reader): Compiled {
  const shape = { raw: reader.raw, types: undefined };
  const read = reader.one;
  if (one !== undefined && read !== undefined) return single(shape, stepOne(one, read), fixed);
  if (one !== undefined) return several(shape, stepMany(one, reader.many), fixed);
  return several(shape, read === undefined ? stepEach(many, reader.many) : stepEachOne(many, read), fixed);
}

const stepOne =
  (one: One, read: (body: JsonObject) => Item | undefined): One =>
  (self, run) => {
    const item = one(self, run);
    return item === undefined ? undefined : read(item as JsonObject);
  };

const stepMany =
  (one: One, read: (body: JsonObject) => Items): Many =>
  (self, run) => {
    const item = one(self, run);
    return item === undefined ? nothing : read(item as JsonObject);
  };

const stepEachOne =
  (many: Many, read: (body: JsonObject) => Item | undefined): Many =>
  (self, run) => {
    const items = many(self, run);
    if (items.length === 0) return nothing;
    run.spend(items.length);
    const found: Item[] = [];
    for (const item of items) {
      const value = read(item as JsonObject);
      if (value !== undefined) found.push(value);
    }
    return found;
  };

const stepEach =
  (many: Many, read: (body: JsonObject) => Items): Many =>
  (self, run) => {
    const items = many(self, run);
    if (items.length === 0) return nothing;
    if (items.length === 1) return read(items[0] as JsonObject);
    const found: Item[] = [];
    for (const item of items) for (const value of read(item as JsonObject)) found.push(value);
    run.spend(items.length + found.length);
    return found;
  };

/** Where the type is known only when the value is there. */
function dynamicStep(
  compiler: Compiler,
  { one, many, raw, fixed }: Compiled,
  name: string,
  members: readonly Member[] | undefined,
): Compiled {
  const step = stepByType(compiler, raw, name);
  const shape = shapeOfMembers(compiler, members);
  const isSingle = one !== undefined && members !== undefined && members.length > 0 && members.every(({ list }) => !list);
  if (isSingle) {
    return single(
      shape,
      (self, run) => {
        const item = one(self, run);
        return item === undefined ? undefined : step(item)[0];
      },
      fixed,
    );
  }
  return several(
    shape,
    (self, run) => {
      const items = many(self, run);
      const found = items.length === 1 ? step(items[0] as Item) : items.flatMap(step);
      run.spend(items.length + found.length);
      return found;
    },
    fixed,
  );
}

function shapeOfMembers({ tracked }: Compiler, members: readonly Member[] | undefined): Shape {
  if (members === undefined) return anything;
  const types = [...new Set(members.flatMap(typesOfMember))];
  return { raw: undefined, types: tracked || types.length > 0 ? types : undefined };
}

function stepByType({ types, tracked }: Compiler, raw: Type | undefined, name: string): (item: Item) => Items {
  const readers = new Map<Type, (body: JsonObject) => Items>();
  return (item) => {
    const type = typeOf(item, raw, types);
    if (type.kind === 'system') return ofSystem(item, name);
    const member = type.members.get(name);
    if (member === undefined) return name === 'value' && type.kind === 'primitive' ? ofPrimitive(item, raw) : nothing;
    if (tracked && item instanceof Node && item.place !== undefined) return placed(item, member, types);
    const body = bodyOf(item);
    if (body === undefined) return nothing;
    const read = readers.get(type) ?? typedReader(member, types);
    readers.set(type, read);
    return read(body);
  };
}

function typedReader(member: Member, types: Types): (body: JsonObject) => Items {
  const { raw, many } = readerOf(member);
  return raw === undefined ? many : (body) => many(body).map((item) => withType(item, raw, types));
}

/** SHALL: primitives have a value of a System type — fhirpath.html#types */
function ofPrimitive(item: Item, raw: Type | undefined): Items {
  const value = systemValue(item, raw);
  return value === undefined ? nothing : [value];
}

function ofSystem(item: Item, name: string): Items {
  if (item instanceof Quantity && name === 'value') return [item.value];
  if (item instanceof Quantity && name === 'unit') return [item.unit];
  if (!(item instanceof Node) || item.type !== typeInfo) return nothing;
  const found = (item.value as Record<string, string>)[name];
  return found === undefined ? nothing : [found];
}

/** What the name can mean; undefined when nothing is known. Throws in strict mode when no value can have such an element. */
function membersOf(compiler: Compiler, { types }: Compiled, name: string, span: Span): Member[] | undefined {
  if (types === undefined || types.some((type) => type === anyType || type === typeInfo || type.name === 'Element')) return undefined;
  const isPlain = (type: Type) => type.system !== undefined && name === 'value' && type.kind !== 'complex';
  const isUnit = types.includes(systemTypes.Quantity) && (name === 'value' || name === 'unit');
  if (isUnit || types.some((type) => isPlain(type) || (type.abstract && type.kind === 'resource' && compiler.types.isResourceMember(name))))
    return undefined;
  const found = types.flatMap((type) => type.members.get(name) ?? []);
  if (found.length === 0 && compiler.strict && types.length > 0) throw unknown(types, name, span);
  return found;
}

function unknown(types: readonly Type[], name: string, span: Span): Error {
  const owner = types
    .slice(0, 3)
    .map((type) => (type.name.includes('.') ? type.name : type.publicName))
    .join(' or ');
  const choice = types
    .flatMap((type) => [...type.members.values()])
    .find(({ alternatives }) => alternatives.some(({ key }) => key === name));
  const target = choice?.alternatives.find(({ key }) => key === name)?.type;
  if (choice !== undefined && target !== undefined)
    return fault('semantic', span, `${owner} has no element "${name}": write ${choice.name}.ofType(${target.publicName}).`);
  const near = nearest(
    name,
    types.flatMap((type) => [...type.members.keys()]),
  );
  return fault('semantic', span, `${owner} has no element "${name}".${near === undefined ? '' : ` Did you mean ${near}?`}`);
}

/**
 * A name at the start: the type of the context, which is then meant itself, or an element of the context.
 * SHALL: a type name comes first — N1/#path-selection
 */
export function compileStart(compiler: Compiler, focus: Compiled, name: string, span: Span): Compiled {
  const type = compiler.types.fhir(name);
  if (type === undefined || !isTypeName(type, focus)) return compileMember(compiler, focus, name, span);
  const isSure = focus.types?.every((one) => one.isA(type)) ?? false;
  if (isSure) return focus;
  const isPossible = focus.types?.some((one) => type.isA(one) || one.isA(type)) ?? true;
  if (!isPossible && !compiler.published)
    throw fault(
      'semantic',
      span,
      `The expression starts with ${name}, but is evaluated on ${focus.types?.[0]?.publicName ?? 'another type'}.`,
    );
  return ofContext(compiler, focus, type);
}

/** An element may have the name of a type: `code`. */
function isTypeName({ kind, name }: Type, focus: Compiled): boolean {
  if (kind === 'primitive') return false;
  return !(focus.types?.some((type) => type.members.has(name)) ?? false);
}

/** The context, when it is of that type. */
function ofContext({ types, tracked }: Compiler, focus: Compiled, type: Type): Compiled {
  const { one, raw } = focus;
  const shape = tracked || type.kind !== 'resource' ? { raw: undefined, types: [type] } : shapeOf(type);
  return single(shape, (self, run) => {
    const item = one?.(self, run);
    if (item === undefined || !typeOf(item, raw, types).isA(type)) return undefined;
    if (shape.raw === undefined) return withType(item, raw, types);
    return item instanceof Node ? (item.value as Item) : item;
  });
}
