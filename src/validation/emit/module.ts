/** The text of the module that checks a type and the structures that are defined inline in it. */
import type { Definitions } from '../../fhir/definitions.ts';
import { Constraints } from '../invariants.ts';
import { Prelude, quoted } from './javascript.ts';
import { emitType } from './type.ts';

/** The types of a module: itself first, then its inline structures. */
function typesOf(definitions: Definitions, name: string): string[] {
  const inline = (definitions.type(name)?.elements ?? []).flatMap(({ types }) => types.map(({ code }) => code));
  const own = inline.filter((code) => code.startsWith(`${name}.`));
  return [name, ...own.flatMap((code) => typesOf(definitions, code))];
}

/** What the functions call of the runtime. */
const called =
  'areDistinct at atItem bad badDefinition badItem check contained containedRules doubled evaluate extension extensions fails hasAny hasDistinctCodes hasDistinctEntries holds integer isBelowRoot isContained isList isPlainPath isReference isWrong lengthOf missing order other referenceType resource thin wrongTarget'.split(
    ' ',
  );

/** The body of a function of the runtime `R`, whose result has the functions of the types by their names. */
export function moduleText(definitions: Definitions, name: string): string {
  const prelude = new Prelude();
  const emission = { definitions, prelude, constraints: new Constraints(definitions) };
  const functions = [...new Set(typesOf(definitions, name))].map((type) => `${quoted(type)}:${emitType(emission, type)}`);
  return [
    `// Checks of ${quoted(name).slice(1, -1)}, made by scripts/generate.ts from the definitions of FHIR.`,
    '"use strict";',
    `const{${called.join(',')}}=R;`,
    ...prelude.lines(),
    'return{',
    functions.join(',\n'),
    '};',
    '',
  ].join('\n');
}
