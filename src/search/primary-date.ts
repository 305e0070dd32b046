/** Which date of a resource stands in its own row (lo, hi): the one that people sort and filter by. The other dates go to `num`. */
import type { Definitions } from '../fhir/definitions.ts';
import type { Branch } from './expression.ts';

/** Where the general order below would choose another one. */
const chosen: Readonly<Record<string, string>> = {
  Condition: 'onset-date',
  Encounter: 'date',
  MedicationRequest: 'authoredon',
  MedicationDispense: 'whenhandedover',
  MedicationAdministration: 'effective-time',
  Patient: 'birthdate',
  Task: 'authored-on',
  ServiceRequest: 'authored',
};

const order: readonly string[] = [
  'date',
  'period',
  'effective',
  'occurrence',
  'onset',
  'authored',
  'authored-on',
  'authoredon',
  'started',
  'collected',
  'created',
  'recorded',
  'issued',
  'sent',
  'start',
  'start-date',
  'birthdate',
  'timestamp',
  'identified',
  'datetime',
  'datewritten',
];

const standard = 'http://hl7.org/fhir/SearchParameter/';

/** One interval at most: all branches come from one element that does not repeat. */
export const isSingle = (branches: readonly Branch[]): boolean =>
  branches.length > 0 && branches.every((branch) => branch.single && branch.path === branches[0]?.path);

/** The code of the parameter, or undefined for types without a date. Only parameters of the standard: the choice must not move. */
export function primaryDate(
  definitions: Definitions,
  resourceType: string,
  branchesOf: (code: string) => readonly Branch[],
): string | undefined {
  const dates = [...definitions.searchParameters(resourceType).values()]
    .filter(
      ({ type, url, code, generation }) => type === 'date' && generation === undefined && url.startsWith(standard) && !code.startsWith('_'),
    )
    .map(({ code }) => code)
    .filter((code) => isSingle(branchesOf(code)));
  const preferred = chosen[resourceType];
  if (preferred !== undefined && dates.includes(preferred)) return preferred;
  return order.find((code) => dates.includes(code)) ?? dates.sort()[0];
}
