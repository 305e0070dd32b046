/** Access made by hand: what a test grants, and nothing else. */
import type { Access, Grant, Restriction, Right } from '../../src/auth/access.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { allOf, anyOf, type Condition } from '../../src/search/condition.ts';
import { referenceKey } from '../../src/search/link-token.ts';
import { parseSearch } from '../../src/search/parse.ts';

const definitions = loadDefinitions();

/** Of one resource type, what a search text asks for. */
export function conditionOf(type: string, text: string): Condition {
  const settings = { strict: true, defaultCount: 1, maxCount: 1, now: new Date('2026-01-31T12:00:00Z') };
  return allOf(parseSearch(definitions, type, [...new URLSearchParams(text)], settings).conditions);
}

export interface Granted {
  readonly types: readonly string[];
  readonly rights: string;
  readonly grant: Grant;
}

/** In the record of the patients, or on the patients themselves. */
function ofPatients(type: string, { patients }: Grant): readonly Condition[] {
  if (patients === undefined) return [];
  if (patients.kind === 'one') return [{ kind: 'compartment', patient: patients.id }];
  if (type === 'Patient') return [patients.condition];
  return [
    { kind: 'refers', link: { keys: [referenceKey('unused')], fenced: true }, to: { type: 'Patient', condition: patients.condition } },
  ];
}

const conditionOfGrant = (type: string, grant: Grant): Condition =>
  allOf([...ofPatients(type, grant), ...(grant.filter === undefined ? [] : [grant.filter])]);

/** The first that is granted is told from others by its key. */
export function handMade(key: string, granted: readonly Granted[], own: readonly string[] = []): Access {
  const restriction = (type: string, right: Right): Restriction | undefined => {
    const any = granted.filter(({ types, rights }) => (types.includes(type) || types.includes('*')) && rights.includes(right));
    return any.length === 0 ? undefined : { any: any.map(({ grant }) => grant) };
  };
  return {
    key,
    isUnrestricted: false,
    mayAdminister: false,
    own,
    restriction,
    condition: (type, rights) => {
      const restrictions = rights.map((right) => restriction(type, right));
      if (restrictions.includes(undefined)) return undefined;
      return allOf(restrictions.map((each) => anyOf((each?.any ?? []).map((grant) => conditionOfGrant(type, grant)))));
    },
  };
}

/** As the scope `patient/[types].[rights]` of one patient. */
export const patientAccess = (id: string, rights = 'cruds', types: readonly string[] = ['Patient', 'Observation', 'Condition']): Access =>
  handMade(
    `patient ${id} ${rights} ${types.join(',')}`,
    [
      { types, rights, grant: { patients: { kind: 'one', id } } },
      { types: ['Practitioner', 'Organization'], rights: 'rs', grant: {} },
    ],
    [`Patient/${id}`],
  );
