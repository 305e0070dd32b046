/** Functions on numbers and quantities. https://hl7.org/fhirpath/N1/#math */
import { anything, type Compiled, single } from '../compiled.ts';
import { Decimal } from '../decimal.ts';
import type { SystemValue } from '../item.ts';
import { Quantity } from '../quantity.ts';
import { checkTypes, decimal, integer, system } from '../single.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

type Calculate = (value: number | Decimal) => number | Decimal | undefined;

/** Of a number, or of the value of a quantity, which keeps its unit. */
function onNumber(call: Call, calculate: Calculate): Compiled {
  const { input, asker } = call;
  checkTypes(input, ['Integer', 'Decimal', 'Quantity'], asker);
  const value = system(input, asker);
  return single(
    anything,
    (self, run) => {
      const found = value(self, run);
      return found === undefined ? undefined : apply(call, found, calculate);
    },
    input.fixed,
  );
}

function apply(call: Call, value: SystemValue, calculate: Calculate): SystemValue | undefined {
  if (typeof value === 'number' || value instanceof Decimal) return calculate(value);
  if (!(value instanceof Quantity)) throw call.fault('execution', `${call.asker.name} takes a number or a quantity.`);
  const found = calculate(value.value);
  return found === undefined ? undefined : value.with(typeof found === 'number' ? Decimal.of(found) : found);
}

const largest = 2_147_483_647;

/** SHALL: the result is an Integer — N1/#ceiling. What none can hold stays a Decimal. */
const asWhole = (big: Decimal['big']): number | Decimal => (big.abs().lte(largest) ? big.toNumber() : new Decimal(big, 0));

const onBig =
  (calculate: (big: Decimal['big']) => Decimal['big']): Calculate =>
  (value) =>
    typeof value === 'number' ? value : asWhole(calculate(value.big));

const absolute: Calculate = (value) => (typeof value === 'number' ? Math.abs(value) : new Decimal(value.big.abs(), value.scale));

/** Through real numbers: exponents and logarithms. */
const real =
  (calculate: (big: Decimal['big']) => Decimal['big'] | undefined) =>
  ({ input, asker }: Call): Compiled => {
    const value = decimal(input, asker);
    return single(anything, (self, run) => {
      const found = value(self, run);
      const result = found === undefined || found.big.abs().gt(largestReal) ? undefined : calculate(found.big);
      return result === undefined ? undefined : Decimal.rounded(result);
    });
  };

/** Beyond this, powers of e are numbers of thousands of digits. */
const largestReal = 1e6;

const squareRoot = ({ input, asker }: Call): Compiled => {
  const value = decimal(input, asker);
  return single(anything, (self, run) => {
    const found = value(self, run);
    return found === undefined || found.big.lt(0) ? undefined : Decimal.rounded(found.big.sqrt());
  });
};

function logarithm(call: Call): Compiled {
  const { input, asker } = call;
  const [value, base] = [decimal(input, asker), decimal(call.argument(0), asker)];
  return single(anything, (self, run) => {
    const [found, of] = [value(self, run), base(self, run)];
    if (found === undefined || of === undefined) return undefined;
    if (!found.big.gt(0) || !of.big.gt(0)) throw call.fault('execution', 'A logarithm is of a number above 0, and its base is one too.');
    return of.big.eq(1) ? undefined : Decimal.rounded(found.big.log(of.big).toDecimalPlaces(30));
  });
}

/** SHALL: what cannot be represented is empty — N1/#power */
function power(call: Call): Compiled {
  const { input, asker } = call;
  const argument = call.argument(0);
  for (const one of [input, argument]) checkTypes(one, ['Integer', 'Decimal'], asker);
  const [base, exponent] = [decimal(input, asker), decimal(argument, asker)];
  return single(anything, (self, run) => {
    const [found, by] = [base(self, run), exponent(self, run)];
    return found === undefined || by === undefined ? undefined : raised(found, by);
  });
}

/** Of whole numbers to a whole power an Integer. */
function raised(base: Decimal, exponent: Decimal): number | Decimal | undefined {
  if (exponent.big.abs().gt(largestExponent)) return undefined;
  const result = base.big.pow(exponent.big);
  const isWhole = base.scale === 0 && exponent.scale === 0 && !exponent.big.isNegative();
  if (isWhole && result.abs().lte(largest)) return result.toNumber();
  return result.abs().gt('1e28') ? undefined : Decimal.rounded(result);
}

const largestExponent = 10_000;

/** SHALL: the number of decimal places is not negative — N1/#round */
function round(call: Call): Compiled {
  const places = call.optional(0);
  const precision = places === undefined ? undefined : integer(places, call.asker);
  const { input, asker } = call;
  checkTypes(input, ['Integer', 'Decimal', 'Quantity'], asker);
  const value = system(input, asker);
  return single(anything, (self, run) => {
    const found = value(self, run);
    if (found === undefined) return undefined;
    const to = precision === undefined ? 0 : precision(self, run);
    if (to === undefined) return undefined;
    if (to < 0 || to > 100) throw call.fault('execution', 'The number of decimal places is from 0 to 100.');
    return apply(call, found, (number) => (typeof number === 'number' ? Decimal.of(number) : number).rounded(to));
  });
}

export const math: readonly FunctionDefinition[] = [
  define('abs', 0, 0, (call) => onNumber(call, absolute)),
  define('ceiling', 0, 0, (call) =>
    onNumber(
      call,
      onBig((big) => big.ceil()),
    ),
  ),
  define('floor', 0, 0, (call) =>
    onNumber(
      call,
      onBig((big) => big.floor()),
    ),
  ),
  define('truncate', 0, 0, (call) =>
    onNumber(
      call,
      onBig((big) => big.trunc()),
    ),
  ),
  define('round', 0, 1, round),
  define('sqrt', 0, 0, squareRoot),
  define(
    'exp',
    0,
    0,
    real((big) => (big.gt(64.5) ? undefined : big.exp())),
  ),
  define(
    'ln',
    0,
    0,
    real((big) => (big.gt(0) ? big.ln() : undefined)),
  ),
  define('log', 1, 1, logarithm),
  define('power', 1, 1, power),
];
