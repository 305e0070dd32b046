/** Types asked for and named. https://hl7.org/fhirpath/N1/#types, https://hl7.org/fhirpath/N1/#reflection */
import { type Compiled, several, shapeOf, single } from '../compiled.ts';
import { type Item, Node, typeOf } from '../item.ts';
import type { Expression } from '../syntax.ts';
import { type Type, type Types, typeInfo } from '../type.ts';
import { compileAs, compileIs, compileOfType, namedType } from '../type-test.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

/** `FHIR.Patient` as the parts of a name. */
function partsOf(written: Expression): string[] | undefined {
  if (written.kind === 'literal' && typeof written.value === 'string') return written.value.split('.');
  if (written.kind !== 'member') return undefined;
  if (written.target === undefined) return [written.name];
  const before = partsOf(written.target);
  return before === undefined ? undefined : [...before, written.name];
}

function typeArgument(call: Call): Type | undefined {
  const parts = partsOf(call.expression(0));
  if (parts === undefined) throw call.fault('semantic', `${call.asker.name} takes the name of a type, such as Quantity or FHIR.Patient.`);
  return namedType(call.compiler, parts, call.expression(0));
}

/** `SimpleTypeInfo` and `ClassInfo` have the same parts. */
const infoOf = (item: Item, raw: Type | undefined, types: Types): Node => {
  const { namespace, publicName, base } = typeOf(item, raw, types);
  return new Node({ namespace, name: publicName, baseType: base?.toString() ?? 'System.Any' }, typeInfo);
};

function type({ input, compiler }: Call): Compiled {
  const { one, many, raw } = input;
  const shape = shapeOf(typeInfo);
  if (one === undefined) return several(shape, (self, run) => many(self, run).map((item) => infoOf(item, raw, compiler.types)));
  return single(shape, (self, run) => {
    const item = one(self, run);
    return item === undefined ? undefined : infoOf(item, raw, compiler.types);
  });
}

export const typing: readonly FunctionDefinition[] = [
  define('is', 1, 1, (call) => compileIs(call.compiler, call.input, typeArgument(call), call.asker)),
  define('as', 1, 1, (call) => compileAs(call.compiler, call.input, typeArgument(call), call.asker)),
  define('ofType', 1, 1, (call) => compileOfType(call.compiler, call.input, typeArgument(call))),
  define('type', 0, 0, type),
];
