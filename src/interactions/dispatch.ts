/** Finds the interaction of a request by the number and kind of its path segments. https://hl7.org/fhir/R4/http.html#summary */
import type { Definitions } from '../fhir/definitions.ts';
import { isId } from '../fhir/id.ts';
import { nearest } from '../fhir/nearest.ts';
import { type FhirError, refusal } from '../fhir/outcome.ts';
import type { FhirRequest, FhirResponse, Services } from './interaction.ts';
import type { Route } from './route.ts';

const literals: ReadonlySet<string> = new Set(['metadata', '_history', '_search', '_job']);
/** Nothing but the beginning of a path. */
const first: ReadonlySet<string> = new Set(['metadata', '_job']);

/** What a segment that is no literal stands for, by its place. */
const places = ['[type]', '[id]', '[type]', '[vid]'];

function kindOf(segment: string, place: number): string {
  if (segment.startsWith('$')) return '$[name]';
  if (literals.has(segment) && (place === 0 || !first.has(segment))) return segment;
  return places[place] ?? '[other]';
}

/** `['Patient', '1', '_history']` → `[type]/[id]/_history`. */
export function shapeOf(path: readonly string[]): string {
  let shape = '';
  for (let i = 0; i < path.length && i < 5; i++) shape += (i === 0 ? '' : '/') + kindOf(path[i] as string, i);
  return shape;
}

function unknownType(type: string, definitions: Definitions): FhirError {
  const near = nearest(type, definitions.resourceTypes);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return refusal('not-found', `"${type.slice(0, 64)}" is not a resource type of this server.${hint} [base]/metadata lists them.`);
}

function unknownPath(path: readonly string[]): FhirError {
  const text = `"${path.join('/').slice(0, 128)}" is not a path of the FHIR API; known are [type], [type]/[id], [type]/[id]/_history, [type]/[id]/_history/[vid], [type]/[id]/[type], [type]/_history, [type]/_search, _history, metadata and operations ($name).`;
  return refusal('not-found', text);
}

function wrongMethod(request: FhirRequest, routes: ReadonlyMap<string, Route>): FhirError {
  const allow = [...routes.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  const text = `${request.method} is not defined for ${request.path.join('/') || 'the base URL'}; allowed: ${allow}.`;
  return refusal('not-supported', text, { status: 405, headers: { allow } });
}

function badId(request: FhirRequest): FhirError {
  const text = `"${(request.path[1] as string).slice(0, 80)}" is not a FHIR id: 1 to 64 letters, digits, "-" and ".".`;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead ? refusal('not-found', `${text} No resource has it.`) : refusal('value', text);
}

const withoutTrailing = (request: FhirRequest): FhirRequest =>
  request.path.at(-1) === '' ? { ...request, path: request.path.slice(0, -1) } : request;

export type Dispatch = (request: FhirRequest, services: Services) => Promise<FhirResponse>;

export interface Dispatcher {
  /** The route of a request. Throws 404 for an unknown type or path, 405 with Allow, 400 for an id that cannot be. */
  readonly find: (request: FhirRequest, definitions: Definitions) => Route;
  readonly dispatch: Dispatch;
}

function tableOf(routes: readonly Route[]): ReadonlyMap<string, ReadonlyMap<string, Route>> {
  const table = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const methods = table.get(route.path) ?? new Map<string, Route>();
    if (!methods.has(route.method)) methods.set(route.method, route);
    table.set(route.path, methods);
  }
  return table;
}

export function dispatcher(routes: readonly Route[]): Dispatcher {
  const table = tableOf(routes);
  const find = (request: FhirRequest, definitions: Definitions): Route => {
    const shape = shapeOf(request.path);
    const [type, id] = request.path;
    if (shape.startsWith('[type]') && !definitions.isResourceType(type as string)) throw unknownType(type as string, definitions);
    const member = shape.startsWith('[type]/[id]/[type]') ? (request.path[2] as string) : '*';
    if (member !== '*' && !definitions.isResourceType(member)) throw unknownType(member, definitions);
    const methods = table.get(shape);
    if (methods === undefined) throw unknownPath(request.path);
    const route = methods.get(request.method === 'HEAD' ? 'GET' : request.method);
    if (route === undefined) throw wrongMethod(request, methods);
    if (shape.startsWith('[type]/[id]') && !isId(id as string)) throw badId(request);
    return route;
  };
  const dispatch: Dispatch = async (request, services) => {
    const clean = withoutTrailing(request);
    return find(clean, services.definitions).run(clean, services);
  };
  return { find, dispatch };
}
