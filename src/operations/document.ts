/** Composition/[id]/$document: a Composition with all that it refers to. https://hl7.org/fhir/R4/composition-operation-document.html */
import { randomUUID } from 'node:crypto';
import type { Definitions } from '../fhir/definitions.ts';
import { parseJson } from '../fhir/json.ts';
import { compileLinks, type FindLinks } from '../fhir/links.ts';
import { refusal } from '../fhir/outcome.ts';
import { parseReference } from '../fhir/reference.ts';
import type { Resource } from '../fhir/resource.ts';
import type { FhirResponse, Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource, versionUrl } from '../interactions/version-response.ts';
import { documentText } from '../record/document/bundle.ts';
import { gatherDocument } from '../record/document/gather.ts';
import type { Repository } from '../repository/repository.ts';
import { type Arguments, text } from './argument.ts';
import type { OperationDefinition } from './definition.ts';
import type { Operation, OperationCall } from './operation.ts';

const definition: OperationDefinition = {
  code: 'document',
  url: 'http://hl7.org/fhir/OperationDefinition/Composition-document',
  documentation:
    'A document of the Composition, what it refers to, and what that refers to in turn. Refused where the Composition refers to what cannot be read; what is out of reach beyond is left out.',
  system: false,
  type: true,
  instance: true,
  resource: ['Composition'],
  affectsState: false,
  parameter: [
    { name: 'id', min: 0, max: 1, type: 'uri', documentation: 'Id or URL of a Composition of this server, where the address has none.' },
    { name: 'persist', min: 0, max: 1, type: 'boolean', documentation: 'true stores the document as a Bundle; false by default.' },
    { name: 'graph', min: 0, max: 1, type: 'uri', documentation: 'Refused: a document holds what its Composition leads to.' },
  ],
};

const finders = new WeakMap<Definitions, FindLinks>();

function finderOf(definitions: Definitions): FindLinks {
  const known = finders.get(definitions) ?? compileLinks(definitions);
  finders.set(definitions, known);
  return known;
}

/** The id in the address or, where there is none, in the parameter. */
function idOf({ request, id, arguments: values }: OperationCall, { definitions }: Services): string {
  const named = text(values, 'id');
  const refuse = (diagnostics: string): Error => refusal('value', diagnostics, { expression: 'id' });
  if (id !== undefined && named !== undefined) throw refuse('The id in the address says which Composition is meant: leave id out.');
  if (id !== undefined) return id;
  if (named === undefined)
    throw refusal('required', 'Say which is meant: Composition/[id]/$document, or id=[id].', { status: 400, expression: 'id' });
  if (!/[/:]/.test(named)) return named;
  const found = parseReference(named, (name) => definitions.isResourceType(name));
  const isLocal = found?.kind === 'relative' || (found?.kind === 'absolute' && found.root === request.base);
  if (isLocal && found.type === 'Composition' && found.version === undefined) return found.id;
  throw refuse(`id is that of a Composition here, or ${request.base}/Composition/[id], not "${named.slice(0, 200)}".`);
}

function persists(values: Arguments): boolean {
  const value = text(values, 'persist') ?? 'false';
  if (value === 'true' || value === 'false') return value === 'true';
  throw refusal('value', `persist is true or false, not "${value.slice(0, 20)}".`, { expression: 'persist' });
}

function checkGraph(values: Arguments): void {
  if (!values.has('graph')) return;
  const diagnostics =
    'Documents by a GraphDefinition are not made here: a document holds all that its Composition leads to. Leave graph out.';
  throw refusal('not-supported', diagnostics, { expression: 'graph' });
}

async function stored(repository: Repository, base: string, document: string): Promise<FhirResponse> {
  const [result] = await repository.commit([{ kind: 'create', type: 'Bundle', at: '', resource: parseJson(document) as Resource }]);
  if (result?.version === undefined) throw new Error('a create without a version');
  const headers = { location: versionUrl(base, result.version) };
  // Who may write it and not read it has the document all the same.
  return { status: 200, headers, body: result.version.body ?? document };
}

async function run(call: OperationCall, services: Services): Promise<FhirResponse> {
  const { request, arguments: values } = call;
  const { definitions } = services;
  const id = idOf(call, services);
  const isKept = persists(values);
  checkGraph(values);
  // A HEAD changes nothing — https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1
  if (isKept && request.method === 'HEAD')
    throw refusal('not-supported', 'persist=true stores a Bundle: ask with POST.', {
      ...{ status: 405, headers: { allow: 'GET, POST' }, expression: 'persist' },
    });
  const repository = services.repository(request.principal);
  const composition = await repository.read('Composition', id);
  if (composition === undefined) throw unknownResource('Composition', id);
  if (composition.body === null) throw deletedResource(composition);
  const versions = await gatherDocument({ repository, definitions, findLinks: finderOf(definitions), base: request.base }, composition);
  const document = documentText({ base: request.base, at: services.now().toISOString(), uuid: randomUUID() }, versions);
  return isKept ? stored(repository, request.base, document) : { status: 200, body: document };
}

export const document: Operation = { definition, run };
