/** Values of quantity parameters: `number`, `number|system|code`, `number||code`. https://hl7.org/fhir/R4/search.html#quantity */
import { anyOf, type Condition } from '../condition.ts';
import { splitUnescaped, unescaped } from '../escape.ts';
import { hash64 } from '../hash.ts';
import { ucum, unitAlone, unitWithSystem } from '../index-text.ts';
import { parseNumberTest } from './number-value.ts';
import { keysOf, type ReadValues, refuseValue, type Searched } from './value.ts';

const forms = 'the forms are number, number|system|code and number||unit';

export function quantityCondition(searched: Searched, value: string): Condition {
  const parts = splitUnescaped(value, '|').map(unescaped);
  const [number = '', system = '', code = ''] = parts;
  if (parts.length === 2 || parts.length > 3 || (parts.length === 3 && code === '')) throw refuseValue(searched, value, forms);
  const keys = keysOf(searched);
  const test = parseNumberTest(searched, number, value);
  if (parts.length === 1) return { kind: 'number', keys, test };
  const units = system === '' ? [unitAlone(code), unitWithSystem(ucum, code)] : [unitWithSystem(system, code)];
  return { kind: 'number', keys, units: units.map(hash64), test };
}

export const quantityValues: ReadValues = (searched, _modifier, values) => anyOf(values.map((value) => quantityCondition(searched, value)));
