/** The resource that a create or update sends: of the URL's type, or native content for Binary. https://hl7.org/fhir/R4/http.html#create */
import { refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { binaryOf, isNativeContent } from './binary.ts';
import type { FhirRequest } from './interaction.ts';

// SHALL: resourceType agrees with the URL — http.html#create
/** Throws 400 when the body is of another type than the URL. */
export function contentOf(request: FhirRequest): Resource {
  const type = request.path[0] as string;
  if (type === 'Binary' && isNativeContent(request.body)) return binaryOf(request);
  const resource = request.body.resource();
  if (resource.resourceType === type) return resource;
  throw refusal('invalid', `The body is a ${resource.resourceType}, but the URL says ${type}; both must agree.`, {
    expression: 'resourceType',
  });
}
