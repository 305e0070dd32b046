/** delete, also conditional. https://hl7.org/fhir/R4/http.html#delete */
import type { DeleteChange } from '../repository/change.ts';
import { criteriaOf } from './criteria.ts';
import type { FhirRequest, Services } from './interaction.ts';
import { checkParameters } from './parameter.ts';
import { readConditionalIfMatch, readIfMatch } from './precondition.ts';
import { writing } from './write.ts';

export async function deleteChange(request: FhirRequest, services: Services): Promise<DeleteChange> {
  checkParameters(request, [], true);
  const [type, id] = request.path as [string, string];
  const ifMatch = await readIfMatch(request, services);
  return { kind: 'delete', type, id, at: '', ...(ifMatch === undefined ? {} : { ifMatch }) };
}

export async function conditionalDeleteChange(request: FhirRequest): Promise<DeleteChange> {
  const ifMatch = readConditionalIfMatch(request);
  return {
    kind: 'delete',
    type: request.path[0] as string,
    criteria: criteriaOf(request),
    at: '',
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
}

export const deletion = writing(deleteChange);
/** Several matches are deleted only where the setting allows it; otherwise they are a 412. */
export const conditionalDelete = writing(conditionalDeleteChange, ({ settings }) => ({
  multiple: settings.conditionalDelete === 'multiple',
}));
