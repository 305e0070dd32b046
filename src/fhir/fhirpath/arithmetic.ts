/** `+ - * / div mod &` and signs. https://hl7.org/fhirpath/N1/#math-1, https://hl7.org/fhirpath/N1/#datetime-arithmetic */
import { type Compiled, type Shape, shapeOf, single } from './compiled.ts';
import { systemValue } from './convert.ts';
import { Decimal } from './decimal.ts';
import { asQuantity } from './equality.ts';
import { fault } from './fault.ts';
import { type SystemValue, typeOfSystemValue } from './item.ts';
import { largestInteger } from './literal.ts';
import { calendarUnit, Quantity, ucumOf } from './quantity.ts';
import { addQuantities, divideQuantities, multiplyQuantities } from './quantity-operation.ts';
import type { Run } from './run.ts';
import { type Asker, onlyItem, system, text } from './single.ts';
import type { Binary, Polarity } from './syntax.ts';
import { Temporal } from './temporal.ts';
import { plusDuration } from './temporal-arithmetic.ts';
import { type SystemName, systemTypes } from './type.ts';

type Operate = (a: SystemValue, b: SystemValue, run: Run, asker: Asker) => SystemValue | undefined;

const isNumber = (value: SystemValue): value is number | Decimal => typeof value === 'number' || value instanceof Decimal;

const asDecimal = (value: number | Decimal): Decimal => (typeof value === 'number' ? Decimal.of(value) : value);

/** SHALL: what no Integer can hold is empty — N1/#math-1 */
const asInteger = (value: number): number | undefined =>
  Number.isInteger(value) && value <= largestInteger && value >= -largestInteger - 1 ? value : undefined;

const mismatch = (a: SystemValue, b: SystemValue, { name, span }: Asker): Error =>
  fault('execution', span, `${name} cannot take ${typeOfSystemValue(a)} and ${typeOfSystemValue(b)}.`);

export function addValues(a: SystemValue, b: SystemValue, run: Run, asker: Asker): SystemValue | undefined {
  if (typeof a === 'number' && typeof b === 'number') return asInteger(a + b);
  if (typeof a === 'string' && typeof b === 'string') {
    run.spendText(a.length + b.length);
    return a + b;
  }
  return sum(a, b, 1, run, asker);
}

function subtract(a: SystemValue, b: SystemValue, run: Run, asker: Asker): SystemValue | undefined {
  if (typeof a === 'number' && typeof b === 'number') return asInteger(a - b);
  return sum(a, b, -1, run, asker);
}

function sum(a: SystemValue, b: SystemValue, sign: 1 | -1, run: Run, asker: Asker): SystemValue | undefined {
  if (a instanceof Temporal && b instanceof Quantity) return moved(a, b, sign, asker);
  if (isNumber(a) && isNumber(b)) return sign === 1 ? asDecimal(a).plus(asDecimal(b)) : asDecimal(a).minus(asDecimal(b));
  const [x, y] = [asQuantity(a), asQuantity(b)];
  if (x === undefined || y === undefined) throw mismatch(a, b, asker);
  return addQuantities(x, y, sign);
}

const calendarOfUcum: ReadonlyMap<string, string> = new Map(Object.entries(ucumOf).map(([word, code]) => [code, word]));

/** SHALL: the mean year and month of UCUM are no durations of the calendar — N1/#datetime-arithmetic */
function moved(value: Temporal, { value: amount, unit, calendar }: Quantity, sign: 1 | -1, { name, span }: Asker): Temporal {
  const known = calendar ?? calendarUnit(calendarOfUcum.get(unit) ?? '');
  const result = known === undefined ? 'unit' : plusDuration(value, sign === 1 ? amount : amount.negated(), known);
  if (result === 'range') throw fault('execution', span, `${name} leads out of the years 0001 to 9999.`);
  if (result === 'unit')
    throw fault(
      'execution',
      span,
      `${name} takes a duration that fits, such as 1 month, 2 days or 3 'h'; to a time at most hours are added.`,
    );
  return result;
}

function multiply(a: SystemValue, b: SystemValue, _: Run, asker: Asker): SystemValue | undefined {
  if (typeof a === 'number' && typeof b === 'number') return asInteger(a * b);
  if (isNumber(a) && isNumber(b)) return asDecimal(a).times(asDecimal(b));
  const [x, y] = [asQuantity(a), asQuantity(b)];
  if (x === undefined || y === undefined) throw mismatch(a, b, asker);
  return multiplyQuantities(x, y);
}

export function divideValues(a: SystemValue, b: SystemValue, _: Run, asker: Asker): SystemValue | undefined {
  if (isNumber(a) && isNumber(b)) return asDecimal(a).over(asDecimal(b));
  const [x, y] = [asQuantity(a), asQuantity(b)];
  if (x === undefined || y === undefined) throw mismatch(a, b, asker);
  return divideQuantities(x, y);
}

/** SHALL: division by zero is empty — N1/#div */
function whole(a: SystemValue, b: SystemValue, _: Run, asker: Asker): SystemValue | undefined {
  if (typeof a === 'number' && typeof b === 'number') return b === 0 ? undefined : asInteger(Math.trunc(a / b));
  if (!isNumber(a) || !isNumber(b)) throw mismatch(a, b, asker);
  const divisor = asDecimal(b).big;
  return divisor.isZero() ? undefined : new Decimal(asDecimal(a).big.divToInt(divisor), 0);
}

function rest(a: SystemValue, b: SystemValue, _: Run, asker: Asker): SystemValue | undefined {
  if (typeof a === 'number' && typeof b === 'number') return b === 0 ? undefined : asInteger(a % b);
  if (!isNumber(a) || !isNumber(b)) throw mismatch(a, b, asker);
  const divisor = asDecimal(b).big;
  if (divisor.isZero()) return undefined;
  const found = asDecimal(a).big.mod(divisor);
  return new Decimal(found, found.decimalPlaces());
}

interface Operation {
  readonly operate: Operate;
  /** Pairs of families of types it can take. */
  readonly pairs: readonly string[];
}

const numbers = ['number number', 'number quantity', 'quantity number', 'quantity quantity'];

const operations: Readonly<Record<string, Operation>> = {
  '+': { operate: addValues, pairs: [...numbers, 'string string', 'moment quantity'] },
  '-': { operate: subtract, pairs: [...numbers, 'moment quantity'] },
  '*': { operate: multiply, pairs: numbers },
  '/': { operate: divideValues, pairs: numbers },
  div: { operate: whole, pairs: ['number number'] },
  mod: { operate: rest, pairs: ['number number'] },
};

const families: Readonly<Record<SystemName, string>> = {
  Boolean: 'boolean',
  String: 'string',
  Integer: 'number',
  Decimal: 'number',
  Quantity: 'quantity',
  Date: 'moment',
  DateTime: 'moment',
  Time: 'moment',
};

const familiesOf = (types: Shape['types']): string[] | undefined =>
  types?.map(({ system: name }) => (name === undefined ? 'structure' : families[name]));

function checkPairs(left: Compiled, right: Compiled, pairs: readonly string[], { name, span }: Asker): void {
  const [a, b] = [familiesOf(left.types), familiesOf(right.types)];
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return;
  if (a.some((one) => b.some((other) => pairs.includes(`${one} ${other}`)))) return;
  throw fault('semantic', span, `${name} cannot take ${left.types?.[0]} and ${right.types?.[0]}.`);
}

/** Integers give an Integer, a moment a moment of its kind; everything else says its own type. */
function resultShape(operator: string, left: Shape, right: Shape): Shape {
  const only = ({ types }: Shape) => (types?.length === 1 ? types[0]?.system : undefined);
  const [a, b] = [only(left), only(right)];
  if (a === 'String' || b === 'String') return shapeOf(systemTypes.String);
  if (a === 'Integer' && b === 'Integer') return shapeOf(operator === '/' ? systemTypes.Decimal : systemTypes.Integer);
  if (a === 'Date' || a === 'DateTime' || a === 'Time') return shapeOf(systemTypes[a]);
  if (a === 'Quantity' || b === 'Quantity') return shapeOf(systemTypes.Quantity);
  return { raw: undefined, types: a !== undefined && b !== undefined ? [systemTypes.Decimal] : undefined };
}

export function compileArithmetic(expression: Binary, left: Compiled, right: Compiled): Compiled {
  const { operator } = expression;
  const asker = { name: operator, span: expression };
  if (operator === '&') return compileConcatenation(left, right, asker);
  const { operate, pairs } = operations[operator] as Operation;
  checkPairs(left, right, pairs, asker);
  const [a, b] = [system(left, asker), system(right, asker)];
  const fixed = left.fixed === true && right.fixed === true;
  const calculate: Compiled['one'] = (self, run) => {
    const [x, y] = [a(self, run), b(self, run)];
    return x === undefined || y === undefined ? undefined : operate(x, y, run, asker);
  };
  return single(resultShape(operator, left, right), calculate, fixed);
}

/** SHALL: nothing counts as the empty string — N1/#string-concatenation */
function compileConcatenation(left: Compiled, right: Compiled, asker: Asker): Compiled {
  const [a, b] = [text(left, asker), text(right, asker)];
  const join: Compiled['one'] = (self, run) => {
    const [x, y] = [a(self, run) ?? '', b(self, run) ?? ''];
    run.spendText(x.length + y.length);
    return x + y;
  };
  return single(shapeOf(systemTypes.String), join, left.fixed === true && right.fixed === true);
}

export function compilePolarity(expression: Polarity, operand: Compiled): Compiled {
  const { operator } = expression;
  const asker = { name: `the sign ${operator}`, span: expression };
  const only = onlyItem(operand, asker);
  const { raw } = operand;
  const sign: Compiled['one'] = (self, run) => {
    const item = only(self, run);
    if (item === undefined) return undefined;
    const value = systemValue(item, raw);
    const signed = value === undefined ? undefined : withSign(value, operator);
    if (signed === undefined) throw fault('execution', expression, `The sign ${operator} stands before a number or a quantity only.`);
    return signed;
  };
  const types = operand.types?.map(({ system: name }) => (name === undefined ? undefined : systemTypes[name]));
  return single({ raw: undefined, types: types?.every((type) => type !== undefined) ? types : undefined }, sign, operand.fixed);
}

function withSign(value: SystemValue, operator: '+' | '-'): SystemValue | undefined {
  if (value instanceof Quantity) return operator === '-' ? value.with(value.value.negated()) : value;
  if (!isNumber(value)) return undefined;
  if (operator === '+') return value;
  return typeof value === 'number' ? 0 - value : value.negated();
}
