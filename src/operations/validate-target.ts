/** What $validate looks at: the resource that was sent, or the stored one that the address names. */
import { parseJson } from '../fhir/json.ts';
import { type Issue, refusal } from '../fhir/outcome.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource } from '../interactions/version-response.ts';
import type { Mode } from '../validation/validation.ts';
import type { OperationCall } from './operation.ts';

export interface Target {
  readonly resource: Resource;
  /** Why it is not what the address names. */
  readonly issues: readonly Issue[];
}

export async function validatedResource(call: OperationCall, services: Services, mode: Mode | undefined): Promise<Target> {
  const [sent] = call.arguments.get('resource') ?? [];
  if (sent === undefined) return { resource: await stored(call, services, mode), issues: [] };
  if (!isObject(sent) || typeof sent['resourceType'] !== 'string')
    throw refusal('value', 'The parameter resource holds a resource: a Parameters.parameter with name "resource" and a resource.');
  return { resource: sent as Resource, issues: mismatches(sent as Resource, call, mode) };
}

async function stored({ type, id, request }: OperationCall, services: Services, mode: Mode | undefined): Promise<Resource> {
  if (type === undefined || id === undefined || mode !== undefined)
    throw refusal('required', '$validate needs a resource: as the body, or as a Parameters.parameter with name "resource".', {
      status: 400,
    });
  return storedResource(type, id, request.principal, services);
}

/** Throws 404 for an unknown resource and 410 for a deleted one. */
export async function storedResource(
  type: string,
  id: string,
  principal: OperationCall['request']['principal'],
  services: Services,
): Promise<Resource> {
  const version = await services.repository(principal).read(type, id);
  if (version === undefined) throw unknownResource(type, id);
  if (version.body === null) throw deletedResource(version);
  return parseJson(version.body) as Resource;
}

function mismatches(resource: Resource, { type, id }: OperationCall, mode: Mode | undefined): Issue[] {
  const { resourceType } = resource;
  if (type !== undefined && resourceType !== type)
    return [fault('resourceType', `The resource is a ${resourceType.slice(0, 64)}, but the address says ${type}; both must agree`)];
  // SHALL: an update has the id of its address — http.html#update
  if (id === undefined || mode !== 'update' || resource.id === id) return [];
  const found = resource.id === undefined ? 'The resource has no id' : `The id of the resource is "${String(resource.id).slice(0, 64)}"`;
  return [fault(`${resourceType}.id`, `${found}; an update needs the id of its address, "${id}"`)];
}

const fault = (expression: string, diagnostics: string): Issue => ({
  severity: 'error',
  code: 'invalid',
  diagnostics,
  expression: [expression],
});
