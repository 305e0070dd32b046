/** Many values made into one. https://hl7.org/fhirpath/N1/#aggregates; sum() and its like: https://hl7.org/fhirpath/#aggregates */
import { addValues, divideValues } from '../arithmetic.ts';
import { anything, type Compiled, several, single } from '../compiled.ts';
import { systemValue } from '../convert.ts';
import { Decimal } from '../decimal.ts';
import { type Item, type Items, nothing, type SystemValue, typeOfSystemValue } from '../item.ts';
import { mergedWith } from '../membership.ts';
import { compareValues } from '../order.ts';
import type { Run } from '../run.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

/** SHALL: $total starts with the second argument and then is what the first gives — N1/#aggregate */
function aggregate(call: Call): Compiled {
  const { input, compiler } = call;
  const init = call.optional(1);
  const step = call.lambda(0, input, anything);
  const typed = (compiled: Compiled, items: Items) => mergedWith(undefined, compiled.raw, items, compiler.types);
  return several(anything, (self, run) => {
    const items = input.many(self, run);
    const [outerTotal, outerIndex] = [run.total, run.index];
    let total = init === undefined ? nothing : typed(init, init.many(self, run));
    for (let i = 0; i < items.length; i++) {
      [run.total, run.index] = [total, i];
      total = typed(step, step.many(items[i], run));
      run.spend(1 + total.length);
    }
    [run.total, run.index] = [outerTotal, outerIndex];
    return total;
  });
}

type Reduce = (values: readonly [SystemValue, ...SystemValue[]], run: Run, call: Call) => SystemValue | undefined;

/** A function of the values of the language that the items stand for; of none it is empty. */
const reduced =
  (reduce: Reduce) =>
  (call: Call): Compiled => {
    const { input } = call;
    return single(anything, (self, run) => {
      const [first, ...others] = input.many(self, run).map((item) => valueOf(call, item));
      run.spend(others.length);
      return first === undefined ? undefined : reduce([first, ...others], run, call);
    });
  };

function valueOf(call: Call, item: Item): SystemValue {
  const value = systemValue(item, call.input.raw);
  if (value === undefined) throw call.fault('execution', `${call.asker.name} takes numbers, quantities, strings, dates or times.`);
  return value;
}

function sum([first, ...others]: readonly [SystemValue, ...SystemValue[]], run: Run, call: Call): SystemValue | undefined {
  let total: SystemValue | undefined = first;
  for (const value of others) total = total === undefined ? undefined : addValues(total, value, run, call.asker);
  return total;
}

const average: Reduce = (values, run, call) => {
  const total = sum(values, run, call);
  return total === undefined ? undefined : divideValues(total, Decimal.of(values.length), run, call.asker);
};

/** The least (sign 1) or the greatest (sign -1). */
const extreme =
  (sign: 1 | -1): Reduce =>
  ([first, ...others], run, call) => {
    let best = first;
    for (const value of others) {
      const order = compareValues(value, best);
      if (order === undefined) return undefined;
      if (order === 'types')
        throw call.fault('execution', `${call.asker.name} takes values of one type, not ${typeOfSystemValue(value)} among others.`);
      if (order * sign < 0) best = value;
    }
    return best;
  };

export const aggregation: readonly FunctionDefinition[] = [
  define('aggregate', 1, 2, aggregate),
  define('sum', 0, 0, reduced(sum)),
  define('avg', 0, 0, reduced(average)),
  define('min', 0, 0, reduced(extreme(1))),
  define('max', 0, 0, reduced(extreme(-1))),
];
