/** What is withheld within reach of a scope: by labels, and by what patients agreed to. https://hl7.org/fhir/R4/security-labels.html, https://hl7.org/fhir/R4/consent.html */
import type { Definitions } from '../fhir/definitions.ts';
import { allOf, type Condition } from '../search/condition.ts';
import type { ConsentAction } from '../search/consented.ts';
import { anyReferenceKey } from '../search/link-token.ts';
import type { Right } from './access.ts';
import { belongingOf } from './belonging.ts';
import { isGlassBroken } from './break-glass.ts';
import { asksForResearch, consentedFor } from './consent/asker.ts';
import { notWithheld } from './label.ts';
import type { Policy } from './policy.ts';
import type { Principal } from './principal.ts';
import type { ResourceScope } from './scope.ts';
import type { FilterContext } from './scope-filter.ts';

export interface Limiting {
  /** Whether any Consent demands anything. */
  readonly consents: boolean;
  readonly principal: Principal;
  readonly definitions: Definitions;
  readonly context: FilterContext;
  readonly policyOf: (scope: ResourceScope) => Policy | undefined;
}

/** To change is to see what stands as well: who may not see it must not find it, by whatever a write answers. */
const actions: Readonly<Record<Right, readonly ConsentAction[]>> = {
  ...{ r: ['access'], s: ['access'], c: ['collect'] },
  ...{ u: ['access', 'correct'], d: ['access', 'correct'] },
};

/** What patients agreed to binds everybody but who keeps the record, and who breaks the glass; research is always bound. */
function consentOf(limiting: Limiting, type: string, right: Right, policy?: Policy): readonly Condition[] {
  const { principal, definitions, context, consents } = limiting;
  if (belongingOf(definitions, type) === 'shared') return [];
  const isFree = !consents || policy?.custodian === true || (policy !== undefined && isGlassBroken(principal, policy));
  if (isFree && !asksForResearch(principal)) return [];
  return actions[right].map((action) => consentedFor(principal, definitions, context, action));
}

function ownLimits(limiting: Limiting, scope: ResourceScope, type: string, right: Right): readonly Condition[] {
  const { principal, definitions, context } = limiting;
  // What a policy withholds from a person is withheld whoever's record an application was opened for.
  const policy = limiting.policyOf(scope);
  const label = notWithheld(principal, scope.level, policy, type, definitions, context);
  return [...(label === undefined ? [] : [label]), ...consentOf(limiting, type, right, policy)];
}

/**
 * "the referenced resource stands in as a proxy": a Binary is withheld with what its securityContext leads to.
 * https://hl7.org/fhir/R4/binary-definitions.html#Binary.securityContext
 */
function contextLimits(limiting: Limiting, scope: ResourceScope): readonly Condition[] {
  const groups = new Map<string, { readonly limits: readonly Condition[]; readonly types: string[] }>();
  for (const type of limiting.definitions.resourceTypes) {
    const limits = type === 'Binary' ? [] : ownLimits(limiting, scope, type, 'r');
    if (limits.length === 0) continue;
    const key = JSON.stringify(limits);
    groups.set(key, { limits, types: [...(groups.get(key)?.types ?? []), type] });
  }
  return [...groups.values()].map(({ limits, types: [type = '', ...also] }): Condition => {
    const to = { type, also, condition: { kind: 'not', of: allOf(limits) } } as const;
    return { kind: 'not', of: { kind: 'refers', link: { keys: [anyReferenceKey], fenced: false }, to } };
  });
}

/** All of them hold; none where nothing is withheld. */
export const limitsOf = (limiting: Limiting, scope: ResourceScope, type: string, right: Right): readonly Condition[] => [
  ...ownLimits(limiting, scope, type, right),
  ...(type === 'Binary' ? contextLimits(limiting, scope) : []),
];
