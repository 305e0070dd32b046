/** children() and descendants(). https://hl7.org/fhirpath/N1/#tree-navigation */
import { children, descendants } from '../children.ts';
import { anything, type Compiled, several } from '../compiled.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

const walked =
  (walk: typeof children) =>
  ({ input, compiler }: Call): Compiled => ({
    ...several(anything, (self, run) => walk(input.many(self, run), input.raw, compiler.types, run), input.fixed),
    ordered: false,
  });

export const tree: readonly FunctionDefinition[] = [
  define('children', 0, 0, walked(children)),
  define('descendants', 0, 0, walked(descendants)),
];
