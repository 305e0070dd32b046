/** How a job answers what a client asked for later: as the server would have, told to the log of accesses before it is kept. */
import type { Audit } from '../audit/open-audit.ts';
import type { Principal } from '../auth/principal.ts';
import { printJson } from '../fhir/json.ts';
import { FhirError } from '../fhir/outcome.ts';
import type { Shaped } from '../genomics/shaped-services.ts';
import type { FhirRequest, FhirResponse, Services } from '../interactions/interaction.ts';
import { dispatchNow } from '../interactions/routes.ts';
import type { Repository } from '../repository/repository.ts';
import type { AnswerLater } from './request-job.ts';

export interface LaterAnswerOptions {
  readonly services: () => Services | Promise<Services>;
  readonly shaped: Shaped;
  readonly audit?: Pick<Audit, 'request'> | undefined;
}

const refuse = (): never => {
  throw new Error('what is asked later has no body');
};
const noBody: FhirRequest['body'] = { contentType: '', bytes: Buffer.alloc(0), resource: refuse, json: refuse };

async function textOf({ body }: FhirResponse): Promise<string> {
  if (typeof body === 'string') return body;
  if (body === undefined) throw new Error('a search was answered without a body');
  if (!(Symbol.asyncIterator in body)) return printJson(body);
  const pieces: string[] = [];
  for await (const piece of body) pieces.push(piece);
  return pieces.join('');
}

export const laterAnswer =
  ({ services, shaped, audit }: LaterAnswerOptions): AnswerLater =>
  async ({ path, query, headers, base, handle }, principal) => {
    const request: FhirRequest = { method: 'GET', path, query, headers, base, principal, body: noBody };
    const interaction = path.at(-1)?.startsWith('$') ? 'operation' : 'search-type';
    const target = `/${path.join('/')}?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;
    const audited = audit?.request({
      method: 'GET',
      target,
      base,
      address: undefined,
      requestId: handle,
      interaction,
      path,
      query,
      principal,
    });
    try {
      const plain = await services();
      const current = audited?.services(plain, request) ?? plain;
      const response = await dispatchNow(request, shaped(current, plain, request));
      return await textOf((await audited?.answered(response)) ?? response);
    } catch (fault) {
      const isRefusal = fault instanceof FhirError;
      await audited?.refused(isRefusal ? fault.status : 500, isRefusal ? (fault.issues[0]?.code ?? 'exception') : 'exception');
      throw fault;
    } finally {
      audited?.ended();
    }
  };

/** A repository that takes genomic studies in any shape, for lines of NDJSON. */
export const shapedAlone =
  (services: LaterAnswerOptions['services'], shaped: Shaped) =>
  async (repository: Repository, principal: Principal): Promise<Repository> => {
    const current = { ...(await services()), repository: () => repository };
    const request: FhirRequest = { method: 'POST', path: [], query: [], headers: {}, base: '', principal, body: noBody };
    return shaped(current, current, request).repository(principal);
  };
