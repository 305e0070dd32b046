/** create, also conditional. https://hl7.org/fhir/R4/http.html#create, https://hl7.org/fhir/R4/http.html#ccreate */
import type { CreateChange } from '../repository/change.ts';
import { contentOf } from './content.ts';
import { readIfNoneExist } from './criteria.ts';
import type { FhirRequest } from './interaction.ts';
import { checkParameters } from './parameter.ts';
import { writing } from './write.ts';

export async function createChange(request: FhirRequest): Promise<CreateChange> {
  checkParameters(request, [], true);
  const type = request.path[0] as string;
  const ifNoneExist = readIfNoneExist(request.headers['if-none-exist'], type);
  const resource = contentOf(request);
  // SHALL: an id of the client is ignored — http.html#create
  delete resource.id;
  return { kind: 'create', type, at: '', resource, ...(ifNoneExist === undefined ? {} : { ifNoneExist }) };
}

export const create = writing(createChange);
