/** Whether there are values, how many, and whether all of them hold. https://hl7.org/fhirpath/N1/#existence */
import { booleanOf, type Compiled, several, shapeOf, single } from '../compiled.ts';
import { distinct, ItemSet } from '../distinct.ts';
import { type Item, type Items, Node } from '../item.ts';
import type { Run } from '../run.ts';
import { checkTypes, truth } from '../single.ts';
import { systemTypes } from '../type.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

const isThere = ({ one, many }: Compiled): ((self: Item | undefined, run: Run) => boolean) =>
  one === undefined ? (self, run) => many(self, run).length > 0 : (self, run) => one(self, run) !== undefined;

function empty({ input }: Call): Compiled {
  const there = isThere(input);
  return booleanOf((self, run) => !there(self, run), input.fixed);
}

function exists(call: Call): Compiled {
  const { input } = call;
  if (call.count === 0) return booleanOf(isThere(input), input.fixed);
  return booleanOf(search(call, true));
}

/** SHALL: an empty collection satisfies all() — N1/#all */
function all(call: Call): Compiled {
  const fails = search(call, false);
  return booleanOf((self, run) => !fails(self, run));
}

/** Whether the condition is met (or, for all(), not met) by any of the values. */
function search(call: Call, wanted: boolean): (self: Item | undefined, run: Run) => boolean {
  const { input, asker } = call;
  const holds = truth(call.lambda(0), asker);
  return (self, run) => {
    const items = input.many(self, run);
    run.spend(items.length);
    const outer = run.index;
    let found = false;
    for (let i = 0; i < items.length && !found; i++) {
      run.index = i;
      found = (holds(items[i], run) === true) === wanted;
    }
    run.index = outer;
    return found;
  };
}

/** `quantifier` says how the truths are put together. */
const truths =
  (quantifier: (values: readonly boolean[]) => boolean) =>
  (call: Call): Compiled => {
    const { input, asker } = call;
    checkTypes(input, ['Boolean'], asker);
    return booleanOf((self, run) => quantifier(input.many(self, run).map((item) => booleanIn(item, call))), input.fixed);
  };

function booleanIn(item: Item, call: Call): boolean {
  const value = item instanceof Node ? item.value : item;
  if (typeof value === 'boolean') return value;
  throw call.fault('execution', `${call.asker.name} takes Booleans only: turn the values into some with select().`);
}

const count = ({ input }: Call): Compiled => single(shapeOf(systemTypes.Integer), (self, run) => input.many(self, run).length, input.fixed);

const distinctOf = ({ input, compiler }: Call): Compiled =>
  several(input, (self, run) => distinct(input.many(self, run), input.raw, compiler.types, run), input.fixed);

const isDistinct = ({ input, compiler }: Call): Compiled =>
  booleanOf((self, run) => {
    const items = input.many(self, run);
    return distinct(items, input.raw, compiler.types, run).length === items.length;
  }, input.fixed);

const subset =
  (isSuperset: boolean) =>
  ({ input, compiler, argument }: { input: Compiled; compiler: Call['compiler']; argument: Compiled }): Compiled => {
    const [part, whole] = isSuperset ? [argument, input] : [input, argument];
    return booleanOf((self, run) => {
      const items: Items = part.many(self, run);
      if (items.length === 0) return true;
      const set = new ItemSet(compiler.types, run).addAll(whole.many(self, run), whole.raw);
      return items.every((item) => set.has(item, part.raw));
    });
  };

const not = ({ input, asker }: Call): Compiled => {
  const value = truth(input, asker);
  return booleanOf((self, run) => {
    const found = value(self, run);
    return found === undefined ? undefined : !found;
  }, input.fixed);
};

export const existence: readonly FunctionDefinition[] = [
  define('empty', 0, 0, empty),
  define('exists', 0, 1, exists),
  define('all', 1, 1, all),
  define(
    'allTrue',
    0,
    0,
    truths((values) => values.every((value) => value)),
  ),
  define(
    'anyTrue',
    0,
    0,
    truths((values) => values.some((value) => value)),
  ),
  define(
    'allFalse',
    0,
    0,
    truths((values) => values.every((value) => !value)),
  ),
  define(
    'anyFalse',
    0,
    0,
    truths((values) => values.some((value) => !value)),
  ),
  define('count', 0, 0, count),
  define('distinct', 0, 0, distinctOf),
  define('isDistinct', 0, 0, isDistinct),
  define('subsetOf', 1, 1, (call) => subset(false)({ input: call.input, compiler: call.compiler, argument: call.argument(0) })),
  define('supersetOf', 1, 1, (call) => subset(true)({ input: call.input, compiler: call.compiler, argument: call.argument(0) })),
  define('not', 0, 0, not),
];
