/** Two collections put together. https://hl7.org/fhirpath/N1/#combining */
import { type Compiled, eitherShape, several } from '../compiled.ts';
import { compileUnion, mergedWith } from '../membership.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

/** The order is always kept; a second argument may ask for it. */
function combine(call: Call): Compiled {
  const { input, compiler } = call;
  const other = call.argument(0);
  call.optional(1);
  const shape = eitherShape(input, other);
  return several(
    shape,
    (self, run) => {
      const a = mergedWith(shape.raw, input.raw, input.many(self, run), compiler.types);
      const b = mergedWith(shape.raw, other.raw, other.many(self, run), compiler.types);
      run.spend(a.length + b.length);
      return [...a, ...b];
    },
    input.fixed === true && other.fixed === true,
  );
}

export const combining: readonly FunctionDefinition[] = [
  define('union', 1, 1, (call) => compileUnion(call.compiler, [call.input, call.argument(0)])),
  define('combine', 1, 2, combine),
];
