/** duration() and difference(). https://hl7.org/fhirpath/#date-and-time-interval-functions */
import { type Compiled, shapeOf, single } from '../compiled.ts';
import { differenceBetween, durationBetween } from '../interval.ts';
import { calendarUnit } from '../quantity.ts';
import { system, text } from '../single.ts';
import { Temporal } from '../temporal.ts';
import { systemTypes } from '../type.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

const interval =
  (measure: typeof durationBetween) =>
  (call: Call): Compiled => {
    const { input, asker } = call;
    const [value, other, precision] = [system(input, asker), system(call.argument(0), asker), text(call.argument(1), asker)];
    return single(shapeOf(systemTypes.Integer), (self, run) => {
      const [a, b, word] = [value(self, run), other(self, run), precision(self, run)];
      if (a === undefined || b === undefined || word === undefined) return undefined;
      const unit = calendarUnit(word);
      if (unit === undefined) throw call.fault('execution', 'A precision is year, month, week, day, hour, minute, second or millisecond.');
      if (!(a instanceof Temporal && b instanceof Temporal)) throw call.fault('execution', `${asker.name} takes dates or times.`);
      return measure(a, b, unit);
    });
  };

export const intervals: readonly FunctionDefinition[] = [
  define('duration', 2, 2, interval(durationBetween)),
  define('difference', 2, 2, interval(differenceBetween)),
];
