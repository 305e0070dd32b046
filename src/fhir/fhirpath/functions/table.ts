/** Every function of the language and of FHIR: one line for each family. https://hl7.org/fhirpath/N1/#functions */
import { aggregation } from './aggregate.ts';
import { boundaries } from './boundary.ts';
import type { FunctionDefinition } from './call.ts';
import { combining } from './combining.ts';
import { conversion } from './conversion.ts';
import { encoding } from './encoding.ts';
import { existence } from './existence.ts';
import { fhir } from './fhir.ts';
import { filtering } from './filtering.ts';
import { intervals } from './interval.ts';
import { matches } from './matching.ts';
import { math } from './math.ts';
import { sorting } from './sort.ts';
import { subsetting } from './subsetting.ts';
import { textual } from './text.ts';
import { tree } from './tree.ts';
import { typing } from './typing.ts';
import { utility } from './utility.ts';

const families: readonly (readonly FunctionDefinition[])[] = [
  existence,
  filtering,
  subsetting,
  combining,
  conversion,
  textual,
  matches,
  encoding,
  math,
  tree,
  utility,
  aggregation,
  sorting,
  typing,
  boundaries,
  intervals,
  fhir,
];

export const functions: ReadonlyMap<string, FunctionDefinition> = new Map(
  families.flat().map((definition) => [definition.name, definition]),
);
