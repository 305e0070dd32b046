/** Values by their positions, and what two collections share. https://hl7.org/fhirpath/N1/#subsetting */
import { type Compiled, several, single } from '../compiled.ts';
import { distinct, ItemSet } from '../distinct.ts';
import { type Items, nothing } from '../item.ts';
import { integer, onlyItem } from '../single.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

const oneOf =
  (pick: (items: Items) => Items[number] | undefined) =>
  (call: Call): Compiled => {
    call.needOrder();
    const { input } = call;
    return input.one === undefined ? single(input, (self, run) => pick(input.many(self, run)), input.fixed) : input;
  };

/** SHALL: several values are an error — N1/#single */
const onlyOne = ({ input, asker }: Call): Compiled => single(input, onlyItem(input, asker), input.fixed);

function tail(call: Call): Compiled {
  call.needOrder();
  const { input } = call;
  return several(input, (self, run) => input.many(self, run).slice(1), input.fixed);
}

const part =
  (cut: (items: Items, count: number) => Items) =>
  (call: Call): Compiled => {
    call.needOrder();
    const { input, asker } = call;
    const count = integer(call.argument(0), asker);
    return several(input, (self, run) => {
      const found = count(self, run);
      return found === undefined ? nothing : cut(input.many(self, run), found);
    });
  };

const shared =
  (wanted: boolean) =>
  (call: Call): Compiled => {
    const { input, compiler } = call;
    const { types } = compiler;
    const other = call.argument(0);
    return several(input, (self, run) => {
      const set = new ItemSet(types, run).addAll(other.many(self, run), other.raw);
      const found = input.many(self, run).filter((item) => set.has(item, input.raw) === wanted);
      return wanted ? distinct(found, input.raw, types, run) : found;
    });
  };

export const subsetting: readonly FunctionDefinition[] = [
  define('single', 0, 0, onlyOne),
  define(
    'first',
    0,
    0,
    oneOf((items) => items[0]),
  ),
  define(
    'last',
    0,
    0,
    oneOf((items) => items.at(-1)),
  ),
  define('tail', 0, 0, tail),
  define(
    'skip',
    1,
    1,
    part((items, count) => (count <= 0 ? items : items.slice(count))),
  ),
  define(
    'take',
    1,
    1,
    part((items, count) => (count <= 0 ? nothing : items.slice(0, count))),
  ),
  define('intersect', 1, 1, shared(true)),
  define('exclude', 1, 1, shared(false)),
];
