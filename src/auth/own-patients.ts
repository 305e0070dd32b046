/** Which patients are one's own, as a condition on Patient that the database answers. */
import type { Definitions } from '../fhir/definitions.ts';
import { allOf, anyOf, type Condition, type Source } from '../search/condition.ts';
import { linksOf } from '../search/link.ts';
import { searchedOf } from '../search/parse-filter.ts';
import { parseParameter } from '../search/parse-parameter.ts';
import type { PatientSet } from './access.ts';
import type { Policy, Relation } from './policy.ts';
import { type FilterContext, parseOptionsOf } from './scope-filter.ts';

interface Relating {
  readonly definitions: Definitions;
  readonly context: FilterContext;
  /** `Practitioner/7` */
  readonly person: string;
}

/** `name=value` as a search of the type. */
function asked({ definitions, context }: Relating, type: string, name: string, value: string): Condition {
  const condition = parseParameter({ definitions, type, options: parseOptionsOf(context) }, name, value);
  if (condition === undefined) throw new Error(`${type} has lost its search parameter ${name}`);
  return condition;
}

function links({ definitions, context }: Relating, type: string, code: string, target: string) {
  const parameter = definitions.searchParameters(type).get(code);
  if (parameter === undefined) throw new Error(`${type} has lost its search parameter ${code}`);
  return linksOf(definitions, searchedOf({ definitions, type, options: parseOptionsOf(context) }, parameter), target);
}

const refersTo = (relating: Relating, type: string, code: string, to: Source): Condition =>
  anyOf(links(relating, type, code, to.type).map((link): Condition => ({ kind: 'refers', link, to })));

const referredBy = (relating: Relating, by: Source, code: string, type: string): Condition =>
  anyOf(links(relating, by.type, code, type).map((link): Condition => ({ kind: 'referred', link, by })));

/** An organization that the person works for: by a role that is not over. */
function employer(relating: Relating): Source {
  const { person } = relating;
  const [type = '', id = ''] = person.split('/');
  const whose: Condition =
    type === 'PractitionerRole' ? { kind: 'id', ids: [id], negated: false } : asked(relating, 'PractitionerRole', 'practitioner', person);
  const role = { type: 'PractitionerRole', condition: allOf([whose, asked(relating, 'PractitionerRole', 'active:not', 'false')]) };
  return { type: 'Organization', condition: referredBy(relating, role, 'organization', 'Organization') };
}

/** Wards of departments of hospitals: deeper than organizations are in practice. */
const deepest = 5;

/** Organizations that are part of one that the person works for, itself left out. https://hl7.org/fhir/R4/organization-definitions.html#Organization.partOf */
function parts(relating: Relating, depth = deepest): Source {
  const above = employer(relating);
  const whole = depth === 1 ? above : { ...above, condition: anyOf([above.condition, parts(relating, depth - 1).condition]) };
  return { type: 'Organization', condition: refersTo(relating, 'Organization', 'partof', whole) };
}

const conditions: Readonly<Record<Relation, (relating: Relating) => Condition>> = {
  'general-practitioner': (relating) =>
    anyOf([
      asked(relating, 'Patient', 'general-practitioner', relating.person),
      refersTo(relating, 'Patient', 'general-practitioner', employer(relating)),
    ]),
  'care-team': (relating) => {
    const team = [asked(relating, 'CareTeam', 'status', 'active'), asked(relating, 'CareTeam', 'participant', relating.person)];
    return referredBy(relating, { type: 'CareTeam', condition: allOf(team) }, 'patient', 'Patient');
  },
  'managing-organization': (relating) => refersTo(relating, 'Patient', 'organization', employer(relating)),
  'part-of-organization': (relating) =>
    anyOf(['organization', 'general-practitioner'].map((code) => refersTo(relating, 'Patient', code, parts(relating)))),
};

/** What the conditions look at: more of it can only bring more patients, a change of it can take some away. */
export const relatingTypes: ReadonlySet<string> = new Set(['Patient', 'CareTeam', 'PractitionerRole', 'Organization', 'RelatedPerson']);

const practitioner = /^(Practitioner|PractitionerRole)\/[A-Za-z0-9\-.]{1,64}$/;

/** The patients of a practitioner; undefined for anybody else. */
export function ownPatients(definitions: Definitions, context: FilterContext, person: string, policy: Policy): PatientSet | undefined {
  if (!practitioner.test(person) || policy.own.length === 0) return undefined;
  const relating = { definitions, context, person };
  return { kind: 'matching', condition: anyOf(policy.own.map((relation) => conditions[relation](relating))) };
}

/** The patient that the person is, or whom they are related to; undefined for anybody else. */
export function selfPatients(definitions: Definitions, context: FilterContext, person: string): PatientSet | undefined {
  const [, type, id = ''] = /^(Patient|RelatedPerson)\/([A-Za-z0-9\-.]{1,64})$/.exec(person) ?? [];
  if (type === 'Patient') return { kind: 'one', id };
  if (type !== 'RelatedPerson') return undefined;
  const relating = { definitions, context, person };
  const related = allOf([{ kind: 'id', ids: [id], negated: false }, asked(relating, 'RelatedPerson', 'active:not', 'false')]);
  return { kind: 'matching', condition: referredBy(relating, { type: 'RelatedPerson', condition: related }, 'patient', 'Patient') };
}
