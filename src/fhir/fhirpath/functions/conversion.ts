/** From one System type to another. https://hl7.org/fhirpath/N1/#conversion */
import { booleanOf, type Compiled, shapeOf, single } from '../compiled.ts';
import { Decimal } from '../decimal.ts';
import type { SystemValue } from '../item.ts';
import { calendarUnit, Quantity } from '../quantity.ts';
import { convertTo } from '../quantity-operation.ts';
import type { Run } from '../run.ts';
import { system, text } from '../single.ts';
import { Temporal, type TemporalKind } from '../temporal.ts';
import { parseTemporal } from '../temporal-parse.ts';
import { type SystemName, systemTypes } from '../type.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

/** Undefined when the value is none of that type. */
type Convert = (value: SystemValue) => SystemValue | undefined;

const [yes, no] = [new Set(['true', 't', 'yes', 'y', '1', '1.0']), new Set(['false', 'f', 'no', 'n', '0', '0.0'])];

function toBoolean(value: SystemValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return yes.has(value.toLowerCase()) ? true : no.has(value.toLowerCase()) ? false : undefined;
  const number = typeof value === 'number' ? value : value instanceof Decimal ? value.toNumber() : undefined;
  return number === 1 ? true : number === 0 ? false : undefined;
}

function toInteger(value: SystemValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string' || !/^[+-]?\d{1,20}$/.test(value)) return undefined;
  const number = Number(value);
  return number <= 2_147_483_647 && number >= -2_147_483_648 ? number : undefined;
}

const number = /^[+-]?\d+(?:\.\d+)?$/;

/** Longer numbers are no decimals of FHIR. */
const longestNumber = 100;

function toDecimal(value: SystemValue): Decimal | undefined {
  if (value instanceof Decimal) return value;
  if (typeof value === 'number') return Decimal.of(value);
  if (typeof value === 'boolean') return new Decimal(Decimal.of(value ? 1 : 0).big, 1);
  return typeof value === 'string' && value.length <= longestNumber && number.test(value) ? Decimal.parse(value) : undefined;
}

const quantity = /^([+-]?\d+(?:\.\d+)?)\s*(?:'([^']+)'|([a-zA-Z]+))?$/;

/** SHALL: without unit it is '1' — N1/#toquantityunit-string-quantity */
function toQuantity(value: SystemValue): Quantity | undefined {
  if (value instanceof Quantity) return value;
  if (typeof value !== 'string') {
    const decimal = toDecimal(value);
    return decimal && Quantity.of(decimal, '1');
  }
  const [, digits = '', unit, word] = (value.length <= longestNumber && quantity.exec(value)) || [];
  const decimal = Decimal.parse(digits);
  if (decimal === undefined) return undefined;
  if (word === undefined) return Quantity.of(decimal, unit ?? '1');
  return calendarUnit(word) === undefined ? undefined : Quantity.calendar(decimal, word);
}

const toText = (value: SystemValue): string => String(value);

/** SHALL: a date is the day of a date and time as written, without regard to its zone — hl7.org/fhirpath/#todate */
const toMoment =
  (kind: TemporalKind): Convert =>
  (value) => {
    if (typeof value === 'string') return parseTemporal(kind, value);
    if (!(value instanceof Temporal) || (value.kind === 'time') !== (kind === 'time')) return undefined;
    if (kind !== 'date' || value.kind === 'date') return value.kind === kind ? value : value.with({ kind });
    return dayOf(value);
  };

/** The date of a date and time. */
export function dayOf(value: Temporal): Temporal {
  const precision = Math.min(value.precision, 2) as Temporal['precision'];
  return new Temporal({ ...value, kind: 'date', precision, hour: 0, minute: 0, second: 0, fraction: '', offset: undefined });
}

const conversions: readonly (readonly [SystemName, Convert])[] = [
  ['Boolean', toBoolean],
  ['Integer', toInteger],
  ['Decimal', toDecimal],
  ['String', toText],
  ['Date', toMoment('date')],
  ['DateTime', toMoment('dateTime')],
  ['Time', toMoment('time')],
];

const converted =
  (name: SystemName, convert: Convert) =>
  ({ input, asker }: Call): Compiled => {
    const value = system(input, asker);
    return single(
      shapeOf(systemTypes[name]),
      (self, run) => {
        const found = value(self, run);
        return found === undefined ? undefined : convert(found);
      },
      input.fixed,
    );
  };

/** SHALL: empty stays empty, what cannot be converted is false — N1/#conversion */
const convertible =
  (convert: (value: SystemValue, run: Run) => unknown) =>
  ({ input, asker }: Call): Compiled => {
    const [value, { many }] = [system(input, asker), input];
    return booleanOf((self, run) => {
      const found = value(self, run);
      if (found === undefined) return many(self, run).length === 0 ? undefined : false;
      return convert(found, run) !== undefined;
    }, input.fixed);
  };

function toQuantityIn(call: Call): (value: SystemValue, self: unknown, run: Run) => Quantity | undefined {
  const argument = call.optional(0);
  const unit = argument === undefined ? undefined : text(argument, call.asker);
  return (value, self, run) => {
    const found = toQuantity(value);
    if (found === undefined || unit === undefined) return found;
    const wanted = unit(self as undefined, run);
    return wanted === undefined ? undefined : convertTo(found, wanted);
  };
}

function quantityOf(call: Call): Compiled {
  const value = system(call.input, call.asker);
  const convert = toQuantityIn(call);
  return single(shapeOf(systemTypes.Quantity), (self, run) => {
    const found = value(self, run);
    return found === undefined ? undefined : convert(found, self, run);
  });
}

function isQuantity(call: Call): Compiled {
  const convert = toQuantityIn(call);
  return convertible((value, run) => convert(value, undefined, run))(call);
}

export const conversion: readonly FunctionDefinition[] = [
  ...conversions.flatMap(([name, convert]) => [
    define(`to${name}`, 0, 0, converted(name, convert)),
    define(`convertsTo${name}`, 0, 0, convertible(convert)),
  ]),
  define('toQuantity', 0, 1, quantityOf),
  define('convertsToQuantity', 0, 1, isQuantity),
];
