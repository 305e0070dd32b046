/** Who asks, and why, as Consents speak of it. https://hl7.org/fhir/R4/consent-definitions.html#Consent.provision.actor */
import type { Definitions } from '../../fhir/definitions.ts';
import { allOf, anyOf, type Condition, type Source } from '../../search/condition.ts';
import type { ConsentAction, ConsentedCondition } from '../../search/consented.ts';
import { linksOf } from '../../search/link.ts';
import { selfHash } from '../../search/link-token.ts';
import { searchedOf } from '../../search/parse-filter.ts';
import { parseParameter } from '../../search/parse-parameter.ts';
import type { Principal } from '../principal.ts';
import { isResearch, purposesOf, treatment } from '../purpose.ts';
import { type FilterContext, parseOptionsOf } from '../scope-filter.ts';
import { clientActor } from './actor.ts';

interface Asking {
  readonly definitions: Definitions;
  readonly context: FilterContext;
  /** `Practitioner/7` */
  readonly person: string;
}

export const asksForResearch = ({ purpose = treatment }: Pick<Principal, 'purpose'>): boolean => isResearch(purpose);

export function consentedFor(
  principal: Principal,
  definitions: Definitions,
  context: FilterContext,
  action: ConsentAction = 'access',
): ConsentedCondition {
  const { fhirUser, client, purpose = treatment } = principal;
  const asking = fhirUser === undefined ? undefined : { definitions, context, person: fhirUser };
  const roles = asking === undefined ? undefined : rolesOf(asking);
  return {
    kind: 'consented',
    action,
    research: isResearch(purpose),
    purposes: purposesOf(purpose),
    actors: [...(fhirUser === undefined ? [] : [selfOf(fhirUser)]), ...(client === undefined ? [] : [clientActor(client)])],
    memberships: asking === undefined ? [] : [...(roles === undefined ? [] : [roles]), ...membershipsOf(asking, roles)],
    through:
      asking === undefined || roles === undefined
        ? []
        : [{ by: roles, keys: keysOf(asking, 'PractitionerRole', 'organization', 'Organization') }],
    ...(fhirUser?.startsWith('Patient/') ? { own: selfOf(fhirUser) } : {}),
  };
}

function selfOf(reference: string): string {
  const [type = '', id = ''] = reference.split('/');
  return selfHash(type, id);
}

function asked({ definitions, context }: Asking, type: string, name: string, value: string): Condition {
  const condition = parseParameter({ definitions, type, options: parseOptionsOf(context) }, name, value);
  if (condition === undefined) throw new Error(`${type} has lost its search parameter ${name}`);
  return condition;
}

function linksFrom({ definitions, context }: Asking, type: string, code: string, target: string) {
  const parameter = definitions.searchParameters(type).get(code);
  if (parameter === undefined) throw new Error(`${type} has lost its search parameter ${code}`);
  return linksOf(definitions, searchedOf({ definitions, type, options: parseOptionsOf(context) }, parameter), target);
}

const keysOf = (asking: Asking, type: string, code: string, target: string): readonly string[] =>
  linksFrom(asking, type, code, target).flatMap(({ keys }) => keys);

/** Of a practitioner, and not over. */
function rolesOf(asking: Asking): Source | undefined {
  const [type, id = ''] = asking.person.split('/');
  if (type !== 'Practitioner' && type !== 'PractitionerRole') return undefined;
  const whose: Condition =
    type === 'PractitionerRole'
      ? { kind: 'id', ids: [id], negated: false }
      : asked(asking, 'PractitionerRole', 'practitioner', asking.person);
  return { type: 'PractitionerRole', condition: allOf([whose, asked(asking, 'PractitionerRole', 'active:not', 'false')]) };
}

/** Teams and groups that the person is in, by themselves or by a role. */
function membershipsOf(asking: Asking, roles: Source | undefined): readonly Source[] {
  const { person } = asking;
  const byRole = (type: string, code: string): readonly Condition[] =>
    roles === undefined
      ? []
      : linksFrom(asking, type, code, 'PractitionerRole').map((link): Condition => ({ kind: 'refers', link, to: roles }));
  const team = anyOf([asked(asking, 'CareTeam', 'participant', person), ...byRole('CareTeam', 'participant')]);
  const group = anyOf([asked(asking, 'Group', 'member', person), ...byRole('Group', 'member')]);
  return [
    { type: 'CareTeam', condition: allOf([team, asked(asking, 'CareTeam', 'status:not', 'proposed,inactive,entered-in-error')]) },
    { type: 'Group', condition: group },
  ];
}
