/** Codes of required value sets that are said to be absent. https://hl7.org/fhir/R4/terminologies.html#required */
import type { Definitions } from '../../../fhir/definitions.ts';
import { isObject } from '../../../fhir/resource.ts';
import { extensionValues } from '../read.ts';
import type { ElementCheck } from './element.ts';

const absent = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

// SHALL: required bindings leave no exception, so that a reason for absence is none — terminologies.html#required
export const missingCodeCheck: ElementCheck = {
  types: ['Element'],
  check(visit, report, { definitions }) {
    const name = visit.key.slice(1);
    if (visit.owner[name] !== undefined || !isObject(visit.value)) return;
    const valueSet = requiredSet(definitions, visit.ownerType, name);
    if (valueSet !== undefined && extensionValues(visit.value, absent).length > 0)
      report.add(
        'error',
        'code-invalid',
        visit.at(),
        `There is no code, and a reason for that is not enough; a code from the value set ${valueSet} is required`,
      );
  },
};

function requiredSet(definitions: Definitions, owner: string, name: string): string | undefined {
  const property = definitions.properties(owner).get(name);
  const binding = property?.element.binding;
  return property?.type.code === 'code' && binding?.strength === 'required' ? binding.valueSet : undefined;
}
