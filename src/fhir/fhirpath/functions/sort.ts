/** sort(): in the order of the values, or of what is found in them. https://hl7.org/fhirpath/#fn-sort */
import { type Compiled, several } from '../compiled.ts';
import { systemValue } from '../convert.ts';
import type { Item, SystemValue } from '../item.ts';
import { compareValues } from '../order.ts';
import type { Run } from '../run.ts';
import { onlyOf } from '../single.ts';
import type { Expression } from '../syntax.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

interface Key {
  readonly value: Compiled;
  readonly sign: 1 | -1;
  /** Where nothing stands: before everything (-1) or after it. */
  readonly nothing: 1 | -1;
}

/** `a desc` turns the order; `-a` does so for texts too, but nothing stays nothing and comes first. */
function keyOf(call: Call, written: Expression): Key {
  if (written.kind === 'ordered') {
    const sign = written.descending ? -1 : 1;
    return { value: call.compileOn(written.operand, call.input), sign, nothing: written.descending ? 1 : -1 };
  }
  if (written.kind === 'polarity' && written.operator === '-')
    return { value: call.compileOn(written.operand, call.input), sign: -1, nothing: -1 };
  return { value: call.compileOn(written, call.input), sign: 1, nothing: -1 };
}

function sort(call: Call): Compiled {
  const { input, asker } = call;
  const keys = Array.from({ length: call.count }, (_, i) => keyOf(call, call.expression(i)));
  const valueOf = (item: Item, { value }: Key, run: Run): SystemValue | undefined => {
    const found = onlyOf(value.many(item, run), asker);
    return found === undefined ? undefined : systemValue(found, value.raw);
  };
  return several(input, (self, run) => {
    const items = input.many(self, run);
    run.spend(items.length * Math.max(1, Math.ceil(Math.log2(items.length + 1))));
    const rows = items.map((item) => ({
      item,
      values: keys.length === 0 ? [systemValue(item, input.raw)] : keys.map((key) => valueOf(item, key, run)),
    }));
    rows.sort((a, b) => compareRows(call, a.values, b.values, keys));
    return rows.map(({ item }) => item);
  });
}

type Values = readonly (SystemValue | undefined)[];

function compareRows(call: Call, a: Values, b: Values, keys: readonly Key[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compareKeys(call, a[i], b[i], keys[i] ?? natural);
    if (order !== 0) return order;
  }
  return 0;
}

const natural = { sign: 1, nothing: -1 } as const;

/** SHALL: nothing comes before everything — hl7.org/fhirpath/#fn-sort */
function compareKeys(call: Call, a: Values[number], b: Values[number], { sign, nothing }: Omit<Key, 'value'>): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? nothing : -nothing;
  const order = compareValues(a, b);
  if (order === 'types') throw call.fault('execution', 'sort() takes values of one type that have an order.');
  return (order ?? 0) * sign;
}

export const sorting: readonly FunctionDefinition[] = [define('sort', 0, Number.POSITIVE_INFINITY, sort)];
