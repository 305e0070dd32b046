/** The resource that $fhirpath is evaluated on: the one that is sent, or the one that the address names. */
import { parseJson } from '../fhir/json.ts';
import { refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource } from '../interactions/version-response.ts';
import type { OperationCall } from './operation.ts';

export async function targetResource(call: OperationCall, services: Services): Promise<Resource> {
  const [sent] = call.arguments.get('resource') ?? [];
  if (call.type === undefined || call.id === undefined) return checked(sent, services);
  if (sent !== undefined) throw refusal('value', 'The address names the resource already: leave the parameter resource out.');
  const version = await services.repository(call.request.principal).read(call.type, call.id);
  if (version?.body === null) throw deletedResource(version);
  if (version === undefined) throw unknownResource(call.type, call.id);
  return parseJson(version.body) as Resource;
}

function checked(sent: unknown, { definitions }: Services): Resource {
  if (sent === undefined || typeof sent === 'string')
    throw refusal('required', '$fhirpath needs the parameter resource: a Parameters.parameter with name "resource" and a resource.', {
      status: 400,
    });
  const resource = sent as Resource;
  if (typeof resource.resourceType === 'string' && definitions.isResourceType(resource.resourceType)) return resource;
  throw refusal('value', 'The parameter resource holds a resource of a type that is known here.');
}
