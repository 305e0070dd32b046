/**
 * Codes that cannot be codes of their system, whatever its edition: SNOMED CT and LOINC have check digits.
 * https://confluence.ihtsdotools.org/display/DOCRELFMT/5.5+Check-digit, https://loinc.org/kb/users-guide/loinc-codes/
 */
import { isObject } from '../../../fhir/resource.ts';
import { quoted, textOf } from '../read.ts';
import type { ElementCheck } from './element.ts';

const snomed = 'http://snomed.info/sct';
const loinc = 'http://loinc.org';

/** What is wrong with the form of a code; undefined when nothing is, or nothing is known of the system. */
export function formFault(system: string | undefined, code: string): string | undefined {
  if (system === snomed && /^\d+$/.test(code) && !isSnomed(code))
    return `${quoted(code)} cannot be a concept of SNOMED CT, which has 6 to 18 digits, the last of them a check digit`;
  if (system === loinc && /^\d+-\d$/.test(code) && !isLoinc(code))
    return `${quoted(code)} cannot be a code of LOINC: its check digit does not fit`;
  return undefined;
}

export const codeFormCheck: ElementCheck = {
  types: ['Coding'],
  check(visit, report) {
    if (!isObject(visit.value)) return;
    const code = textOf(visit.value, 'code');
    const fault = code === undefined ? undefined : formFault(textOf(visit.value, 'system'), code);
    if (fault !== undefined) report.add('error', 'code-invalid', visit.at('code'), fault);
  },
};

/** Multiplication in the dihedral group D5, by Verhoeff. */
const product = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5) : b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5;

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

function isSnomed(code: string): boolean {
  if (code.length < 6 || code.length > 18 || code.startsWith('0')) return false;
  let check = 0;
  for (let i = 0; i < code.length; i++) {
    let digit = Number(code[code.length - 1 - i]);
    for (let k = 0; k < i % 8; k++) digit = permutation[digit] ?? 0;
    check = product(check, digit);
  }
  return check === 0;
}

/** Mod 10: every second digit from the right, beginning with the last, counts twice. */
function isLoinc(code: string): boolean {
  const [digits = '', check] = code.split('-');
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const counted = i % 2 === 0 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return (10 - (sum % 10)) % 10 === Number(check);
}
