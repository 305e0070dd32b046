/**
 * Who may gives a reason to look at what is withheld: labels, denials of Consents and the records of others, for one request. The log of
 * accesses keeps it. http://terminology.hl7.org/CodeSystem/v3-ActReason (BTG)
 */
import { refusal } from '../fhir/outcome.ts';
import { asksForResearch } from './consent/asker.ts';
import type { Policy } from './policy.ts';
import type { Principal } from './principal.ts';

/** Of the header. */
const name = 'X-Break-Glass';
const longest = 500;

export const isGlassBroken = (principal: Principal, policy: Policy): boolean =>
  policy.breakGlass && principal.breakGlass !== undefined && !asksForResearch(principal);

/** The principal with the reason that the header gives. Throws 400 where it gives none. */
export function withReason(principal: Principal, header: string | undefined): Principal {
  if (header === undefined) return principal;
  const reason = header.trim();
  if (reason.length >= 1 && reason.length <= longest) return { ...principal, breakGlass: reason };
  throw refusal('value', `${name} says why what is withheld has to be seen, in 1 to ${longest} characters`, { expression: name });
}

/** Throws 403 for who may not; a reason is never ignored. Whom nothing limits it does not concern. */
export function assertGlass(principal: Principal, policies: ReadonlyMap<string, Policy>): void {
  if (principal.breakGlass === undefined || principal.scopes[0] === '*') return;
  const policy = policies.get(principal.policies?.user ?? '');
  if (principal.account !== undefined && policy !== undefined && isGlassBroken(principal, policy)) return;
  throw refusal('forbidden', `${name} is for people whose policy allows it, and not for research`, { expression: name });
}
