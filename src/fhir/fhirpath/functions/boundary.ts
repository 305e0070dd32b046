/** lowBoundary(), highBoundary(), precision() and the parts of dates and times. https://hl7.org/fhirpath/#utility-functions */
import { decimalBoundary, precisionDigits, type Side, temporalBoundary } from '../boundary.ts';
import { anything, type Compiled, shapeOf, single } from '../compiled.ts';
import { Decimal } from '../decimal.ts';
import type { SystemValue } from '../item.ts';
import { Quantity } from '../quantity.ts';
import { checkTypes, integer, system } from '../single.ts';
import { Precision, Temporal } from '../temporal.ts';
import { systemTypes } from '../type.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';
import { dayOf } from './conversion.ts';

const bounded = ['Integer', 'Decimal', 'Quantity', 'Date', 'DateTime', 'Time'] as const;

const boundary =
  (side: Side) =>
  (call: Call): Compiled => {
    const { input, asker } = call;
    checkTypes(input, bounded, asker);
    const value = system(input, asker);
    const argument = call.optional(0);
    const digits = argument === undefined ? undefined : integer(argument, asker);
    return single(
      {
        raw: undefined,
        types: input.types?.map(({ system: name }) => (name === undefined || name === 'Integer' ? systemTypes.Decimal : systemTypes[name])),
      },
      (self, run) => {
        const found = value(self, run);
        return found === undefined ? undefined : boundaryOf(call, found, side, digits?.(self, run));
      },
    );
  };

function boundaryOf(call: Call, value: SystemValue, side: Side, digits: number | undefined): SystemValue | undefined {
  if (value instanceof Temporal) return temporalBoundary(value, side, digits);
  if (value instanceof Quantity) {
    const found = decimalBoundary(value.value, side, digits);
    return found === undefined ? undefined : value.with(found);
  }
  const decimal = typeof value === 'number' ? Decimal.of(value) : value;
  if (decimal instanceof Decimal) return decimalBoundary(decimal, side, digits);
  throw call.fault('execution', `${call.asker.name} takes a number, a quantity, a date or a time.`);
}

function precision(call: Call): Compiled {
  const { input, asker } = call;
  checkTypes(input, bounded, asker);
  const value = system(input, asker);
  return single(shapeOf(systemTypes.Integer), (self, run) => {
    const found = value(self, run);
    if (found instanceof Temporal) return precisionDigits(found);
    if (found instanceof Decimal) return found.scale;
    return found instanceof Quantity ? found.value.scale : typeof found === 'number' ? 0 : undefined;
  });
}

type Part = (value: Temporal) => SystemValue | undefined;

/** SHALL: a part that the value does not have is empty — hl7.org/fhirpath/#extract-datedatetimetime-components */
const partOf =
  (part: Part) =>
  ({ input, asker }: Call): Compiled => {
    const value = system(input, asker);
    return single(anything, (self, run) => {
      const found = value(self, run);
      return found instanceof Temporal ? part(found) : undefined;
    });
  };

const field =
  (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'): Part =>
  (value) => {
    const isThere = value.precision >= Precision[name] && (value.kind !== 'time' || Precision[name] >= Precision.hour);
    return isThere ? value[name] : undefined;
  };

const millisecond: Part = ({ fraction }) => (fraction === '' ? undefined : Number(fraction.slice(0, 3).padEnd(3, '0')));

const offset: Part = (value) => (value.offset === undefined ? undefined : Decimal.of(value.offset).over(Decimal.of(60)));

const clock: Part = (value) =>
  value.kind !== 'dateTime' || value.precision < Precision.hour
    ? undefined
    : value.with({ kind: 'time', year: 1970, month: 1, day: 1, offset: undefined });

export const boundaries: readonly FunctionDefinition[] = [
  define('lowBoundary', 0, 1, boundary('low')),
  define('highBoundary', 0, 1, boundary('high')),
  define('precision', 0, 0, precision),
  define('yearOf', 0, 0, partOf(field('year'))),
  define('monthOf', 0, 0, partOf(field('month'))),
  define('dayOf', 0, 0, partOf(field('day'))),
  define('hourOf', 0, 0, partOf(field('hour'))),
  define('minuteOf', 0, 0, partOf(field('minute'))),
  define('secondOf', 0, 0, partOf(field('second'))),
  define('millisecondOf', 0, 0, partOf(millisecond)),
  define('timezoneOffsetOf', 0, 0, partOf(offset)),
  define(
    'dateOf',
    0,
    0,
    partOf((value) => (value.kind === 'time' ? undefined : dayOf(value))),
  ),
  define('timeOf', 0, 0, partOf(clock)),
];
