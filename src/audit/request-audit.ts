/** Audits one request: nothing of an answer leaves before the entry that tells of it is durable. */
import type { FhirRequest, FhirResponse, Services } from '../interactions/interaction.ts';
import type { Repository } from '../repository/repository.ts';
import type { Flood } from './flood.ts';
import type { AuditLog } from './log.ts';
import { type Noting, notedRepository } from './noted-repository.ts';
import { orderedUuid } from './ordered-uuid.ts';
import { type Answer, type RequestFacts, requestEntry } from './request-entry.ts';
import { Trail } from './trail.ts';

export interface AuditedRequest {
  /** For the interaction of the request: what is touched through these services is noted. */
  services(services: Services, request: FhirRequest): Services;
  /** What is touched through the repository is noted. */
  noted(repository: Repository): Repository;
  /** A patient of whom something is given by another way than a repository. */
  name(id: string): void;
  /** The response, once it may be sent. Rejects with a refusal when the access cannot be stored. */
  answered(response: FhirResponse): Promise<FhirResponse>;
  refused(status: number, code: string): Promise<void>;
  /** Whatever became of the request: nobody need wait for its entry any longer. */
  ended(): void;
}

export interface AuditContext {
  readonly log: AuditLog;
  readonly settle: Noting['settle'];
  readonly now: () => Date;
  /** Bounds what is told of who is nobody. */
  readonly flood?: Flood | undefined;
}

/** Everybody may ask what the server can do; it tells of nobody. */
const untold: ReadonlySet<string> = new Set(['capabilities']);

const isStream = (body: FhirResponse['body']): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** Both are posted to the base. A body that cannot be read is refused by the interaction. */
function bundleType({ body }: FhirRequest): 'batch' | 'transaction' {
  try {
    return body.resource()['type'] === 'batch' ? 'batch' : 'transaction';
  } catch {
    return 'transaction';
  }
}

/** Entries of writes are waited for by nobody. */
const reads = ({ method, target }: RequestFacts): boolean => method === 'GET' || target.includes('_search');
const expectNothing = (): void => undefined;

export function auditedRequest({ log, settle, now, flood }: AuditContext, facts: RequestFacts): AuditedRequest {
  const trail = new Trail(facts.base);
  const told = new Set<string>();
  let done = false;
  const came = reads(facts) ? log.expect() : expectNothing;
  /** Patients that the trail held when an entry was last stored; undefined: there is no entry yet. */
  let counted: number | undefined;

  const store = async (answer: Answer): Promise<void> => {
    came();
    if (untold.has(facts.interaction)) return;
    const isFirst = counted === undefined;
    const { entry, patients } = requestEntry(facts, trail, answer, isFirst ? undefined : told);
    counted = trail.patientCount;
    const line = { at: now().toISOString(), entry, pending: isFirst ? trail.pending : undefined };
    await (isFirst && trail.isStored ? log.appendWritten(line) : log.append(line));
    for (const id of patients) told.add(id);
  };

  /** More patients may come to light with each piece. */
  async function* pieces(body: AsyncIterable<string>, status: number): AsyncGenerator<string> {
    for await (const piece of body) {
      if (trail.patientCount !== counted) await store({ status });
      yield piece;
    }
  }

  const noting: Noting = {
    trail,
    settle,
    pending: (own) => ({
      id: orderedUuid(now().getTime()),
      at: now().toISOString(),
      entry: requestEntry(facts, own, { status: 200, recovered: true }).entry,
    }),
  };

  const noted = (repository: Repository): Repository => notedRepository(repository, noting);
  return {
    services: (services, request) => {
      if (facts.interaction === 'transaction') facts.interaction = bundleType(request);
      return { ...services, repository: (principal) => noted(services.repository(principal)) };
    },
    noted,
    name: (id) => trail.gave(id),
    answered: async (response) => {
      done = true;
      const { body, status } = response;
      await store({ status });
      return isStream(body) ? { ...response, body: pieces(body, status) } : response;
    },
    refused: async (status, code) => {
      if (done) return;
      done = true;
      came();
      if (facts.principal === undefined && flood?.admits(facts.address) === false) return;
      await store({ status, code });
    },
    ended: came,
  };
}
