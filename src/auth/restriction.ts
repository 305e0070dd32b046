/** Restrictions as conditions on stored rows. https://hl7.org/fhir/R4/compartmentdefinition-patient.html */
import { allOf, always, anyOf, type Condition } from '../search/condition.ts';
import type { Grant, PatientSet, Restriction } from './access.ts';

/** In the compartment of one of the patients: `res.pat` says so, or, for further patients, a token that is the bare hash of the patient. */
export function inCompartment(type: string, patients: PatientSet): Condition {
  if (patients.kind === 'one') return { kind: 'compartment', patient: patients.id };
  const to = { type: 'Patient', condition: patients.condition };
  const further: Condition = { kind: 'refers', link: { keys: ['0'], fenced: false }, to };
  const first: Condition = type === 'Patient' ? patients.condition : { kind: 'refers', link: { keys: [], fenced: true }, to };
  return anyOf([first, further]);
}

/** Reaches all of the type. */
export const isOpen = ({ patients, filter }: Grant): boolean => patients === undefined && filter === undefined;

function conditionOfGrant(type: string, { patients, filter }: Grant): Condition {
  const all = [...(patients === undefined ? [] : [inCompartment(type, patients)]), ...(filter === undefined ? [] : [filter])];
  return allOf(all);
}

export const conditionOf = (type: string, { any }: Restriction): Condition =>
  any.some(isOpen) ? always : anyOf(any.map((grant) => conditionOfGrant(type, grant)));

/** Without grants that another one of the list holds already; undefined where none is left. */
export function restrictionOf(grants: readonly Grant[]): Restriction | undefined {
  if (grants.some(isOpen)) return { any: [{}] };
  const distinct = [...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values()];
  const whole = new Set(distinct.filter(({ filter }) => filter === undefined).map(({ patients }) => JSON.stringify(patients)));
  const any = distinct.filter(({ patients, filter }) => filter === undefined || !whole.has(JSON.stringify(patients)));
  return any.length === 0 ? undefined : { any };
}
