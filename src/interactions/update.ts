/** update, also conditional, also as create with an id of the client's choice. https://hl7.org/fhir/R4/http.html#update, #upsert, #cond-update */
import { isId } from '../fhir/id.ts';
import { type FhirError, refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { UpdateChange } from '../repository/change.ts';
import { contentOf } from './content.ts';
import { criteriaOf } from './criteria.ts';
import type { FhirRequest, Services } from './interaction.ts';
import { checkParameters } from './parameter.ts';
import { readConditionalIfMatch, readIfMatch, readOnlyCreate } from './precondition.ts';
import { writing } from './write.ts';

// SHALL: the body has the id of the URL — http.html#update
function checkId(resource: Resource, id: string): void {
  if (resource.id === id) return;
  const found = resource.id === undefined ? 'The body has no id' : `The id of the body is "${String(resource.id).slice(0, 64)}"`;
  throw refusal('invalid', `${found}; an update needs the id of its URL, "${id}".`, { expression: `${resource.resourceType}.id` });
}

function clientIdRefused(type: string, id: string): FhirError {
  const text = `${type}/${id} does not exist, and this server does not create resources with ids of clients; create it with POST ${type}.`;
  return refusal('not-supported', text, { status: 405, headers: { allow: 'GET, HEAD' } });
}

/** With `updateCreate` off, only an id that the server gave out may be updated. Throws 405. */
async function checkClientId(request: FhirRequest, services: Services, id: string): Promise<void> {
  if (services.settings.updateCreate) return;
  const type = request.path[0] as string;
  if ((await services.repository(request.principal).read(type, id)) === undefined) throw clientIdRefused(type, id);
}

export async function updateChange(request: FhirRequest, services: Services): Promise<UpdateChange> {
  checkParameters(request, [], true);
  const [type, id] = request.path as [string, string];
  const resource = contentOf(request);
  checkId(resource, id);
  await checkClientId(request, services, id);
  const ifMatch = await readIfMatch(request, services);
  return {
    kind: 'update',
    type,
    id,
    at: '',
    resource,
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(readOnlyCreate(request) ? { onlyCreate: true } : {}),
  };
}

async function checkOptionalId(request: FhirRequest, services: Services, resource: Resource): Promise<void> {
  const { id } = resource;
  if (id === undefined) return;
  if (typeof id !== 'string' || !isId(id)) {
    const text = 'The id of the body is not a FHIR id: 1 to 64 letters, digits, "-" and ".".';
    throw refusal('value', text, { expression: `${resource.resourceType}.id` });
  }
  await checkClientId(request, services, id);
}

export async function conditionalUpdateChange(request: FhirRequest, services: Services): Promise<UpdateChange> {
  const criteria = criteriaOf(request);
  const resource = contentOf(request);
  await checkOptionalId(request, services, resource);
  const ifMatch = readConditionalIfMatch(request);
  const onlyCreate = readOnlyCreate(request);
  return {
    kind: 'update',
    type: request.path[0] as string,
    criteria,
    at: '',
    resource,
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(onlyCreate ? { onlyCreate } : {}),
  };
}

export const update = writing(updateChange);
export const conditionalUpdate = writing(conditionalUpdateChange);
