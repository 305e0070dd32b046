/** Services for what works beside the FHIR API, such as the choice of a patient or a load: each step is on the log before its result is used. */
import type { Principal } from '../auth/principal.ts';
import { FhirError } from '../fhir/outcome.ts';
import type { Services } from '../interactions/interaction.ts';
import type { Repository } from '../repository/repository.ts';
import { type AuditContext, type AuditedRequest, auditedRequest } from './request-audit.ts';
import type { RequestFacts } from './request-entry.ts';

export interface Aside {
  /** FHIR base that the entries name. */
  readonly base: string;
  /** What did it, such as `page` or `load`: the id of the entry's request. */
  readonly part: string;
  /** Who is told to have done it; without it, who works with the repository. */
  readonly who?: Principal | undefined;
}

type Step = Pick<RequestFacts, 'method' | 'interaction' | 'path'> & { readonly query?: RequestFacts['query'] };

const targetOf = ({ path, query = [] }: Step): string =>
  `/${path.join('/')}${query.length === 0 ? '' : `?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`}`;

export function asideServices(context: AuditContext, services: Services, { base, part, who }: Aside): Services {
  const open = (principal: Principal, step: Step): AuditedRequest =>
    auditedRequest(context, {
      ...{ method: step.method, interaction: step.interaction, path: step.path, query: step.query ?? [] },
      ...{ target: targetOf(step), base, address: undefined, requestId: part, principal: who ?? principal },
    });

  const told = async <T>(principal: Principal, step: Step, work: (repository: Repository) => Promise<T>): Promise<T> => {
    const audited = open(principal, step);
    try {
      const result = await work(audited.noted(services.repository(principal)));
      await audited.answered({ status: 200 });
      return result;
    } catch (fault) {
      const [status, code] = fault instanceof FhirError ? [fault.status, fault.issues[0]?.code ?? 'exception'] : [500, 'exception'];
      await audited.refused(status, code);
      throw fault;
    } finally {
      audited.ended();
    }
  };

  return {
    ...services,
    repository: (principal) => ({
      read: (type, id) => told(principal, { method: 'GET', interaction: 'read', path: [type, id] }, (own) => own.read(type, id)),
      vread: (type, id, version) =>
        told(principal, { method: 'GET', interaction: 'vread', path: [type, id, '_history', version] }, (own) =>
          own.vread(type, id, version),
        ),
      history: (scope, range) => {
        const path = [scope.type, scope.id, '_history'].filter((part) => part !== undefined);
        return told(principal, { method: 'GET', interaction: 'history-system', path }, (own) => own.history(scope, range));
      },
      search: (query) => {
        const path = query.types.length === 1 ? [...query.types] : [];
        return told(principal, { method: 'GET', interaction: 'search-type', path, query: query.used }, (own) => own.search(query));
      },
      commit: (changes, options) =>
        told(principal, { method: 'POST', interaction: 'transaction', path: [] }, (own) => own.commit(changes, options)),
      everything: () => {
        throw new Error('a whole record is read through the API alone');
      },
    }),
  };
}
