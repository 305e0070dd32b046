/** vread: one version of a resource. https://hl7.org/fhir/R4/http.html#vread */
import { refusal } from '../fhir/outcome.ts';
import type { Interaction } from './interaction.ts';
import { versionResponse } from './read.ts';

/** Versions are counted from 1; no other text can name one. */
const versionId = /^[1-9]\d{0,8}$/;

export const vread: Interaction = async (request, services) => {
  const [type, id, , vid] = request.path as [string, string, string, string];
  const version = versionId.test(vid) ? await services.repository(request.principal).vread(type, id, vid) : undefined;
  if (version === undefined)
    throw refusal('not-found', `${type}/${id} has no version "${vid.slice(0, 64)}"; its versions are listed at ${type}/${id}/_history.`);
  return versionResponse(request, services, version);
};
