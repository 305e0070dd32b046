/** References by search are answered in transactions only; elsewhere they would lead nowhere. https://hl7.org/fhir/R4/http.html#trules */
import { expressionAt } from '../../fhir/bundle-links.ts';
import { FhirError } from '../../fhir/outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { CommitOptions } from '../repository.ts';
import type { CommitContext } from './context.ts';
import type { Prepared } from './prepared.ts';

/** Bodies are printed by this server: the text before a reference is always the same. */
const bySearch = /"reference":"[A-Z][A-Za-z]*\?/;

const isBySearch = (value: string): boolean => /^[A-Z][A-Za-z]*\?/.test(value);

/** Throws 422, located, for references by search that are left in what will be stored. */
export function assertAnswered(context: CommitContext, options: CommitOptions, resource: Resource, { tail }: Prepared, at: string): void {
  if (context.referentialIntegrity === 'off' || options.referentialIntegrity === 'off' || !bySearch.test(tail)) return;
  const left = context.findLinks(resource, (value, kind) => kind === 'reference' && isBySearch(value));
  if (left.length === 0) return;
  throw new FhirError(
    left.map((link) => ({
      severity: 'error',
      code: 'business-rule',
      diagnostics: `"${link.value.slice(0, 80)}" is a search: only the resources of a transaction may refer by one; elsewhere refer to Type/id`,
      expression: [expressionAt(at, link.path)],
    })),
  );
}
