/** iif(), trace(), the clock, variables and paths. https://hl7.org/fhirpath/N1/#utility-functions */
import { type Compiled, eitherShape, several, shapeOf, single } from '../compiled.ts';
import { FhirPathError } from '../fault.ts';
import { type Item, type Items, Node, nothing } from '../item.ts';
import { mergedWith } from '../membership.ts';
import type { Run } from '../run.ts';
import { onlyItem, text, truth } from '../single.ts';
import { type TemporalKind } from '../temporal.ts';
import { parseTemporal } from '../temporal-parse.ts';
import { systemTypes } from '../type.ts';
import { toValue } from '../value.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

/** SHALL: only the branch that is chosen is evaluated, with the input as $this — N1/#iif */
function iif(call: Call): Compiled {
  const { input, asker, compiler } = call;
  const only = onlyItem(input, asker);
  const criterion = call.lambda(0);
  checkCriterion(call, criterion);
  const holds = truth(criterion, asker);
  const yes = call.lambda(1);
  const no = call.count > 2 ? call.lambda(2) : undefined;
  const shape = no === undefined ? yes : eitherShape(yes, no);
  const branch = (self: Item | undefined, run: Run): Items => {
    const item = only(self, run);
    const chosen = holds(item, run) === true ? yes : no;
    return chosen === undefined ? nothing : mergedWith(shape.raw, chosen.raw, chosen.many(item, run), compiler.types);
  };
  if (yes.one === undefined || (no !== undefined && no.one === undefined)) return several(shape, branch);
  return single(shape, (self, run) => branch(self, run)[0]);
}

/** In strict mode a condition that can never be a Boolean is a mistake. */
function checkCriterion(call: Call, { types, one }: Compiled): void {
  const isNone = one !== undefined && types !== undefined && types.length > 0 && types.every(({ system }) => system !== 'Boolean');
  if (call.compiler.strict && isNone && types.every(({ namespace }) => namespace === 'System'))
    throw call.fault('semantic', `iif() takes a Boolean first, not ${types[0]}.`);
}

function trace(call: Call): Compiled {
  const { input, asker, compiler } = call;
  const name = text(call.argument(0), asker);
  const projection = call.count > 1 ? call.lambda(1) : undefined;
  const tell = (items: Items, raw: Compiled['raw'], self: Item | undefined, run: Run) =>
    run.environment.trace?.(
      name(self, run) ?? '',
      items.map((item) => toValue(item, raw, compiler.types)),
    );
  return several(input, (self, run) => {
    const items = input.many(self, run);
    if (run.environment.trace === undefined) return items;
    const traced = projection === undefined ? items : items.flatMap((item) => projection.many(item, run));
    tell(traced, (projection ?? input).raw, self, run);
    return items;
  });
}

/** SHALL: the same instant throughout the evaluation — N1/#current-date-and-time-functions */
const clock = (kind: TemporalKind, cut: (now: string) => string): Compiled =>
  single(
    shapeOf(systemTypes[kind === 'date' ? 'Date' : kind === 'time' ? 'Time' : 'DateTime']),
    (_, run) => parseTemporal(kind, cut(run.now())),
    true,
  );

/** SHALL: a name that is taken is an error — hl7.org/fhirpath/#definevariable */
function defineVariable(call: Call): Compiled {
  const { input, compiler, variables } = call;
  const written = call.expression(0);
  const name = written.kind === 'literal' ? written.value : undefined;
  if (typeof name !== 'string') throw call.fault('semantic', "defineVariable() takes the name as a literal first, such as 'x'.");
  if (variables.has(name) || reserved.has(name))
    throw call.fault('semantic', `The variable %${name} is defined already: choose another name.`);
  const value = call.optional(1) ?? input;
  const slot = compiler.newSlot();
  const defined = several(input, (self, run) => {
    const items = input.many(self, run);
    run.slots ??= [];
    run.slots[slot] = value === input ? items : value.many(self, run);
    return items;
  });
  const { raw, types } = value;
  return { ...defined, variables: new Map([...variables, [name, { slot, shape: { raw, types } }]]) };
}

const reserved = new Set(['context', 'resource', 'rootResource', 'ucum', 'sct', 'loinc']);

/** SHALL: what was computed has no path — hl7.org/fhirpath/#fn-pathname */
function pathname(call: Call): Compiled {
  if (!call.compiler.tracked)
    throw new FhirPathError('semantic', 'pathname() is known only where results are tracked: it is not here.', call.span);
  const { input, compiler } = call;
  return several(shapeOf(systemTypes.String), (self, run) =>
    input.many(self, run).flatMap((item) => (item instanceof Node ? (toValue(item, undefined, compiler.types).path ?? []) : [])),
  );
}

export const utility: readonly FunctionDefinition[] = [
  define('iif', 2, 3, iif),
  define('trace', 1, 2, trace),
  define('now', 0, 0, () => clock('dateTime', (now) => now)),
  define('today', 0, 0, () => clock('date', (now) => now.slice(0, 10))),
  define('timeOfDay', 0, 0, () => clock('time', (now) => now.slice(11, 23))),
  define('defineVariable', 1, 2, defineVariable),
  define('pathname', 0, 0, pathname),
];
