/** patch, also conditional: JSON Patch (RFC 6902) or FHIRPath Patch. https://hl7.org/fhir/R4/http.html#patch, https://hl7.org/fhir/R4/fhirpatch.html */
import { type FhirError, refusal } from '../fhir/outcome.ts';
import { readFhirPathPatch } from '../fhir/patch/fhirpath-patch.ts';
import { readJsonPatch } from '../fhir/patch/json-patch.ts';
import type { Patch } from '../fhir/patch/patch.ts';
import type { PatchChange } from '../repository/change.ts';
import { criteriaOf } from './criteria.ts';
import type { FhirRequest, Services } from './interaction.ts';
import { checkParameters } from './parameter.ts';
import { readConditionalIfMatch, readIfMatch } from './precondition.ts';
import { writing } from './write.ts';

export const patchFormats: readonly string[] = ['application/json-patch+json', 'application/fhir+json', 'application/fhir+xml'];

const parametersTypes: ReadonlySet<string> = new Set([
  ...patchFormats.slice(1),
  'application/json',
  'application/xml',
  'text/json',
  'text/xml',
]);

function unsupported(contentType: string): FhirError {
  const given = contentType === '' ? 'without Content-Type' : `as "${contentType.slice(0, 64)}"`;
  const text = `A patch cannot be read ${given}; send JSON Patch as application/json-patch+json, or FHIRPath Patch Parameters as application/fhir+json or application/fhir+xml.`;
  return refusal('not-supported', text, { status: 415, headers: { 'accept-patch': patchFormats.join(', ') } });
}

function readPatch({ body }: FhirRequest, { definitions }: Services): Patch {
  if (body.contentType === 'application/json-patch+json') return readJsonPatch(body.json());
  if (!parametersTypes.has(body.contentType)) throw unsupported(body.contentType);
  const parameters = body.resource();
  if (parameters.resourceType === 'Parameters') return readFhirPathPatch(parameters, definitions);
  const text = `A FHIRPath Patch is a Parameters resource, not a ${parameters.resourceType}; a JSON Patch is sent as application/json-patch+json.`;
  throw refusal('invalid', text, { expression: 'resourceType' });
}

export async function patchChange(request: FhirRequest, services: Services): Promise<PatchChange> {
  checkParameters(request, [], true);
  const [type, id] = request.path as [string, string];
  const apply = readPatch(request, services);
  const ifMatch = await readIfMatch(request, services);
  return { kind: 'patch', type, id, at: '', apply, ...(ifMatch === undefined ? {} : { ifMatch }) };
}

export async function conditionalPatchChange(request: FhirRequest, services: Services): Promise<PatchChange> {
  const criteria = criteriaOf(request);
  const ifMatch = readConditionalIfMatch(request);
  const apply = readPatch(request, services);
  return { kind: 'patch', type: request.path[0] as string, criteria, at: '', apply, ...(ifMatch === undefined ? {} : { ifMatch }) };
}

export const patch = writing(patchChange);
export const conditionalPatch = writing(conditionalPatchChange);
