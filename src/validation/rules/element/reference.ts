/** References to a type of resource that may stand there, whose parts agree. https://hl7.org/fhir/R4/references.html#Reference */
import { parseReference } from '../../../fhir/reference.ts';
import { isObject } from '../../../fhir/resource.ts';
import type { Report, Surroundings } from '../../validation.ts';
import { quoted, textOf } from '../read.ts';
import type { ElementCheck, Visit } from './element.ts';

export const referenceTargetCheck: ElementCheck = {
  types: ['Reference'],
  check(visit, report, surroundings) {
    if (!isObject(visit.value)) return;
    const reference = textOf(visit.value, 'reference');
    const told = textOf(visit.value, 'type');
    const meant = reference === undefined ? undefined : typeOf(reference, visit, surroundings);
    if (reference?.startsWith('#') && meant === undefined)
      report.add('error', 'not-found', visit.at(), `No contained resource has the id ${quoted(reference.slice(1))}`);
    if (meant !== undefined && told !== undefined && surroundings.definitions.isResourceType(told) && told !== meant)
      report.add('error', 'value', visit.at(), `The reference leads to a ${meant}, but its type says ${quoted(told)}; expected the same`);
    checkTarget(meant ?? told, visit, report, surroundings);
  },
};

/** The type of what is meant, by what is there, or by the name alone. */
function typeOf(reference: string, visit: Visit, { definitions, resolve }: Surroundings): string | undefined {
  const parsed = parseReference(reference, definitions.isResourceType);
  if (parsed === undefined) return undefined;
  if ('type' in parsed) return parsed.type;
  return parsed.kind === 'other' ? undefined : resolve(reference, visit.resource)?.resourceType;
}

function checkTarget(type: string | undefined, visit: Visit, report: Report, { definitions }: Surroundings): void {
  const { targets } = definitions.properties(visit.ownerType).get(visit.key)?.type ?? {};
  if (type === undefined || targets === undefined || targets.includes(type)) return;
  // Types beside those of the standard stand in for others.
  if (definitions.additionalTypes.includes(type)) return;
  report.add(
    'error',
    'value',
    visit.at(),
    `A reference to ${quoted(type)} is not allowed here; expected one to ${targets.slice(0, 10).join(', ')}`,
  );
}
