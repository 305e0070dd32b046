/** Which AuditEvents a search may find: those have to be made before it runs. https://hl7.org/fhir/R4/search.html */
import { isId } from '../fhir/id.ts';
import type { Query } from '../search/query.ts';

const type = 'AuditEvent';

/** In a chain, a reverse chain, an include, a list of types. */
const mentions = ([name, value]: readonly [string, string]): boolean =>
  name.includes(type) || value.includes(type) || (name.startsWith('_revinclude') && value.includes('*'));

function idsOf(value: string): readonly string[] | undefined {
  const ids = value.split(',').map((part) => (part.startsWith('Patient/') ? part.slice(8) : part));
  return ids.every(isId) ? ids : undefined;
}

/** Ids of patients, `all`, or nothing. */
export function neededBy({ types, used, compartment }: Query): readonly string[] | 'all' | undefined {
  const others = used.filter(mentions);
  if (!types.includes(type)) return others.length === 0 ? undefined : 'all';
  if (others.length > 0) return 'all';
  if (compartment?.startsWith('Patient/')) return [compartment.slice(8)];
  const patient = used.find(([name]) => name === 'patient');
  return (patient && idsOf(patient[1])) ?? 'all';
}
