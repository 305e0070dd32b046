/** patch, also conditional: JSON Patch or FHIRPath Patch. https://hl7.org/fhir/R4/http.html#patch */
import { readPatch } from '../fhir/patch/patch.ts';
import type { PatchChange } from '../repository/change.ts';
import { criteriaOf } from './criteria.ts';
import type { FhirRequest, Services } from './interaction.ts';
import { checkParameters } from './parameter.ts';
import { readConditionalIfMatch, readIfMatch } from './precondition.ts';
import { writing } from './write.ts';

export async function patchChange(request: FhirRequest, services: Services): Promise<PatchChange> {
  checkParameters(request, [], true);
  const [type, id] = request.path as [string, string];
  const apply = await readPatch(request.body, services.definitions);
  const ifMatch = await readIfMatch(request, services);
  return { kind: 'patch', type, id, at: '', apply, ...(ifMatch === undefined ? {} : { ifMatch }) };
}

export async function conditionalPatchChange(request: FhirRequest, services: Services): Promise<PatchChange> {
  const criteria = criteriaOf(request);
  const ifMatch = readConditionalIfMatch(request);
  const apply = await readPatch(request.body, services.definitions);
  return { kind: 'patch', type: request.path[0] as string, criteria, at: '', apply, ...(ifMatch === undefined ? {} : { ifMatch }) };
}

export const patch = writing(patchChange);
export const conditionalPatch = writing(conditionalPatchChange);
