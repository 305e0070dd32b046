/** Values of quantity parameters: `number`, `number|system|code`, `number||code`. https://hl7.org/fhir/R4/search.html#quantity */
import { ucumSystem } from '../../fhir/ucum.ts';
import { anyOf, type Condition } from '../condition.ts';
import { splitUnescaped, unescaped } from '../escape.ts';
import { hash64 } from '../hash.ts';
import { asStatedText, convertedText, unitAlone, unitWithSystem } from '../index-text.ts';
import { indexedUnit } from './indexed-unit.ts';
import { readNumber, testOf, type WrittenNumber } from './number-value.ts';
import { keysOf, type ReadValues, refuseValue, type Searched } from './value.ts';

const forms = 'the forms are number, number|system|code and number||unit, such as 5.4|http://unitsofmeasure.org|mg';

/** Rows with numbers as they are stated; under these keys each number is found once or more, and none that was converted. */
const statedKeys = (searched: Searched): readonly string[] => [...keysOf(searched), ...searched.texts.map(asStatedText).map(hash64)];

/** Rows with each number once, in the unit of the index where it has one: what a search by UCUM looks at, and an order. */
export const indexedKeys = (texts: readonly string[]): readonly string[] => [...texts, ...texts.map(convertedText)].map(hash64);

/** "Irrespective of the unit." */
const withoutUnit = (searched: Searched, number: WrittenNumber): Condition => ({
  kind: 'number',
  keys: statedKeys(searched),
  test: testOf(number),
});

/** "The unit - either the code or the stated human unit" — as it is written, whatever the system. */
const withUnit = (searched: Searched, number: WrittenNumber, unit: string): Condition => ({
  kind: 'number',
  keys: statedKeys(searched),
  units: [unitAlone(unit), unitWithSystem(ucumSystem, unit)].map(hash64),
  test: testOf(number),
});

/** "A precise (and potentially canonical) match"; a code that UCUM does not know is compared as it is. */
function withCode(searched: Searched, number: WrittenNumber, system: string, code: string): Condition {
  const unit = system === ucumSystem ? indexedUnit(code) : undefined;
  if (!unit) return { kind: 'number', keys: keysOf(searched), units: [hash64(unitWithSystem(system, code))], test: testOf(number) };
  const units = [hash64(unitWithSystem(ucumSystem, unit.code))];
  return { kind: 'number', keys: indexedKeys(searched.texts), units, test: testOf(number, unit.convert) };
}

export function quantityCondition(searched: Searched, value: string): Condition {
  const parts = splitUnescaped(value, '|').map(unescaped);
  const [written = '', system = '', code = ''] = parts;
  if (parts.length === 2 || parts.length > 3 || (system !== '' && code === '')) throw refuseValue(searched, value, forms);
  const number = readNumber(searched, written, value);
  if (code === '') return withoutUnit(searched, number);
  return system === '' ? withUnit(searched, number, code) : withCode(searched, number, system, code);
}

export const quantityValues: ReadValues = (searched, _modifier, values) => anyOf(values.map((value) => quantityCondition(searched, value)));
