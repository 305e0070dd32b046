/** read: the current version of a resource. https://hl7.org/fhir/R4/http.html#read */
import type { StoredVersion } from '../repository/stored-version.ts';
import { nativeContent } from './binary.ts';
import type { FhirRequest, FhirResponse, Interaction, Services } from './interaction.ts';
import { checkParameters } from './parameter.ts';
import { isNotModified } from './precondition.ts';
import { readSubset, subsetText } from './subset.ts';
import { deletedResource, unknownResource, versionHeaders } from './version-response.ts';

const parameters = ['_summary', '_elements'];

/** A version that was read, as its response; 304 when the client has it, 410 when it is a deletion. */
export function versionResponse(request: FhirRequest, services: Services, version: StoredVersion): FhirResponse {
  if (request.query.length > 0) checkParameters(request, parameters);
  if (version.body === null) throw deletedResource(version);
  // SHALL: 304 without body — http.html#cread
  if (isNotModified(request, version)) return { status: 304, headers: versionHeaders(version), lastModified: version.lastUpdated };
  const native = version.type === 'Binary' ? nativeContent(request, version) : undefined;
  if (native !== undefined) return native;
  const subset = readSubset(services.definitions, request.query, version.type);
  const body = subset === undefined ? version.body : subsetText(services.definitions, version.body, subset);
  return { status: 200, headers: versionHeaders(version), lastModified: version.lastUpdated, body };
}

export const read: Interaction = async (request, services) => {
  const [type, id] = request.path as [string, string];
  const version = await services.repository(request.principal).read(type, id);
  if (version === undefined) throw unknownResource(type, id);
  return versionResponse(request, services, version);
};
