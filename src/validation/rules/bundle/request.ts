/** Entries of transactions and batches: method, URL and resource fit together. https://hl7.org/fhir/R4/http.html#transaction */
import type { JsonObject } from '../../../fhir/resource.ts';
import type { Report, Rule, Surroundings } from '../../validation.ts';
import { objectOf, quoted, textOf } from '../read.ts';
import { type Entry, entriesOf } from './entry.ts';

export const requestRule: Rule = {
  types: ['Bundle'],
  check(bundle, at, report, surroundings) {
    const type = textOf(bundle, 'type');
    if (type !== 'transaction' && type !== 'batch') return;
    for (const entry of entriesOf(bundle, at)) {
      const request = objectOf(entry.element, 'request');
      if (request !== undefined) checkRequest(entry, request, report, surroundings);
    }
  },
};

const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

function checkRequest(entry: Entry, request: JsonObject, report: Report, { definitions }: Surroundings): void {
  const method = textOf(request, 'method') ?? '';
  const url = textOf(request, 'url');
  if (withBody.has(method) && entry.resource === undefined) report.add('error', 'required', entry.at, `A ${method} must have a resource`);
  if (url === undefined) return;
  const [path = '', query] = url.split('?');
  const [type = '', id, ...rest] = path.split('/');
  if (type.startsWith('$') || id?.startsWith('$') || rest.some((part) => part.startsWith('$')) || /^[a-z][a-z0-9+.-]*:/i.test(url)) return;
  const place = `${entry.at}.request.url`;
  if (type !== '' && method !== 'GET' && !definitions.isResourceType(type))
    return report.add('error', 'value', place, `${quoted(type)} is no resource type; expected ${formOf(method)}`);
  if (method === 'PUT' || method === 'DELETE' || method === 'PATCH') {
    if (id === undefined && query === undefined)
      report.add('error', 'value', place, `The URL names no resource; expected ${formOf(method)}`);
  }
  if (method === 'POST' && id !== undefined && id !== '_search')
    report.add('error', 'value', place, `The URL of a create ends with the type; expected ${quoted(type)}`);
  if (method === 'PUT' || method === 'POST') checkResource(entry, method, type, id, report);
}

const formOf = (method: string): string => (method === 'POST' ? 'Type' : 'Type/id or Type?criteria');

// SHALL: an update carries the id of its URL — http.html#update
function checkResource({ at, resource }: Entry, method: string, type: string, id: string | undefined, report: Report): void {
  if (resource === undefined || type === '' || id === '_search') return;
  if (resource.resourceType !== type)
    report.add('error', 'value', `${at}.resource`, `The request is for a ${type}; expected a ${type}, not a ${resource.resourceType}`);
  else if (method === 'PUT' && id !== undefined && resource.id !== id)
    report.add('error', 'value', `${at}.resource.id`, `The request is for the id ${quoted(id)}; expected the same id in the resource`);
}
