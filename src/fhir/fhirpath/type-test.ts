/** `is`, `as` and ofType(). https://hl7.org/fhirpath/N1/#types, https://hl7.org/fhir/R4/fhirpath.html#functions */
import { booleanOf, type Compiled, type Shape, several, shapeOf, single } from './compiled.ts';
import type { Compiler } from './compiler.ts';
import { systemValue } from './convert.ts';
import { fault, type Span } from './fault.ts';
import { type Item, Node, typeOf, typeOfSystemValue, withType } from './item.ts';
import { referencedType } from './reference-type.ts';
import { type Asker, onlyItem } from './single.ts';
import { systemTypes, type Type } from './type.ts';

/** Throws when no type has that name. Undefined for a type that the other model has: no value is of it. */
export function namedType({ types }: Compiler, parts: readonly string[], span: Span): Type | undefined {
  const found = types.named(parts);
  if (found !== undefined) return found;
  const name = parts.at(-1) ?? '';
  if (parts.length > 1 && types.named([name]) !== undefined) return undefined;
  const near = types.nearestName(name);
  throw fault('semantic', span, `There is no type "${parts.join('.')}".${near === undefined ? '' : ` Did you mean ${near}?`}`);
}

/** SHALL: primitives are independent types for ofType() and as — fhirpath.html#functions */
const fits = (type: Type, wanted: Type): boolean =>
  type === wanted || (type.kind !== 'primitive' && type.isA(wanted)) || isBothQuantity(type, wanted);

/** The one name that both models have. */
const isBothQuantity = (type: Type, wanted: Type): boolean => type === systemTypes.Quantity && wanted.name === 'Quantity';

export function compileIs(compiler: Compiler, input: Compiled, type: Type | undefined, asker: Asker): Compiled {
  const { types } = compiler;
  const only = onlyItem(input, asker);
  const { raw } = input;
  const isOf = (item: Item): boolean => {
    const found = typeOf(item, raw, types);
    return type !== undefined && (found.isA(type) || isBothQuantity(found, type));
  };
  if (input.references !== undefined && type !== undefined) return isTargetOf(compiler, input, input.references, type, asker);
  return booleanOf((self, run) => {
    const item = only(self, run);
    return item === undefined ? undefined : isOf(item);
  }, input.fixed);
}

/** What cannot be resolved is of the type that its reference names. */
function isTargetOf({ types }: Compiler, input: Compiled, references: Compiled, type: Type, asker: Asker): Compiled {
  const target = onlyItem(input, asker);
  const source = onlyItem(references, asker);
  return booleanOf((self, run) => {
    const found = target(self, run);
    if (found !== undefined) return typeOf(found, input.raw, types).isA(type);
    const reference = source(self, run);
    const named = reference === undefined ? undefined : referencedType(reference, types);
    return named?.isA(type);
  });
}

/** Values of that type; from a choice they are read without looking at the other types. */
export function compileOfType(compiler: Compiler, input: Compiled, type: Type | undefined): Compiled {
  if (type === undefined) return several({ raw: undefined, types: [] }, () => [], true);
  const narrowed = compiler.tracked ? undefined : input.narrowed?.(type);
  if (narrowed !== undefined) return narrowed;
  const { shape, pick } = narrowing(compiler, input, type);
  const { one, many, fixed } = input;
  if (one === undefined)
    return several(
      shape,
      (self, run) =>
        many(self, run)
          .map(pick)
          .filter((item) => item !== undefined),
      fixed,
    );
  return single(
    shape,
    (self, run) => {
      const item = one(self, run);
      return item === undefined ? undefined : pick(item);
    },
    fixed,
  );
}

interface Narrowing {
  readonly shape: Shape;
  readonly pick: (item: Item) => Item | undefined;
}

/** Where no heir of the type can be among the values, they are handed on as plain JSON. */
function narrowing({ types, tracked }: Compiler, input: Compiled, wanted: Type): Narrowing {
  const { raw } = input;
  const candidates = input.types?.filter((type) => fits(type, wanted));
  const isExact = wanted.kind === 'resource' || (candidates?.every((type) => type === wanted) ?? false);
  const isPlain = isExact && !tracked && wanted.namespace === 'FHIR';
  const pick = (item: Item): Item | undefined => {
    const type = typeOf(item, raw, types);
    if (!fits(type, wanted)) return undefined;
    return isPlain ? plain(item) : withType(item, raw, types);
  };
  return { shape: { raw: isPlain ? wanted : undefined, types: [wanted] }, pick };
}

/** The JSON alone, where it says everything. */
function plain(item: Item): Item {
  if (!(item instanceof Node)) return item;
  const { value, type, twin } = item;
  const isWhole = twin === undefined && (type.kind !== 'primitive' || typeof value !== 'object');
  return isWhole && value !== undefined ? (value as Item) : item;
}

/** SHALL: `as` takes a single value — N1/#as-type-specifier. Published expressions use it on lists. */
export function compileAs(compiler: Compiler, input: Compiled, type: Type | undefined, asker: Asker): Compiled {
  const system = type?.namespace === 'System' ? asSystem(input, type, asker) : undefined;
  if (system !== undefined) return system;
  if (compiler.published || input.one !== undefined) return compileOfType(compiler, input, type);
  return compileOfType(compiler, { ...single(input, onlyItem(input, asker), input.fixed), narrowed: undefined }, type);
}

/** SHALL: as() gives the value of a primitive when its System type is asked for — fhirpath.html#types */
function asSystem(input: Compiled, type: Type, asker: Asker): Compiled {
  const only = onlyItem(input, asker);
  return single(
    shapeOf(type),
    (self, run) => {
      const item = only(self, run);
      const value = item === undefined ? undefined : systemValue(item, input.raw);
      return value !== undefined && typeOfSystemValue(value).isA(type) ? value : undefined;
    },
    input.fixed,
  );
}
