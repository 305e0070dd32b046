/** operation: runs `$name` at system, type or instance level. https://hl7.org/fhir/R4/operations.html */
import { nearest } from '../fhir/nearest.ts';
import { FhirError, refusal } from '../fhir/outcome.ts';
import { readArguments } from '../operations/argument.ts';
import type { OperationDefinition } from '../operations/definition.ts';
import { operations } from '../operations/index.ts';
import type { Operation, OperationCall } from '../operations/operation.ts';
import { formType } from './form.ts';
import type { FhirRequest, FhirResponse, Interaction } from './interaction.ts';

const byCode: ReadonlyMap<string, Operation> = new Map(operations.map((operation) => [operation.definition.code, operation]));

/** Where an operation may be called: `[base]/Patient/[id]/$everything`. */
function pathsOf({ code, system, type, instance, resource, whole }: OperationDefinition): string[] {
  const types = resource ?? ['[type]'];
  return [
    ...(system ? [`[base]/$${code}`] : []),
    ...(type ? (whole ?? types).map((name) => `[base]/${name}/$${code}`) : []),
    ...(instance ? types.map((name) => `[base]/${name}/[id]/$${code}`) : []),
  ];
}

function unknownOperation(segment: string): FhirError {
  const known = [...byCode.keys()].map((code) => `$${code}`);
  const near = nearest(segment, known);
  const text = `The operation ${segment.slice(0, 64)} is not known here.${near === undefined ? '' : ` Did you mean ${near}?`} Known are: ${known.join(', ')}.`;
  return refusal('not-found', text);
}

function isDefinedFor({ system, type, instance, resource, whole }: OperationDefinition, path: readonly string[]): boolean {
  if (path.length === 1) return system;
  if (resource !== undefined && !resource.includes(path[0] as string)) return false;
  return path.length === 2 ? type && (whole?.includes(path[0] as string) ?? true) : instance;
}

/** Throws 404 when there is no such operation here, 405 when it must be POSTed. */
function operationOf(request: FhirRequest): Operation {
  const segment = request.path.at(-1) as string;
  const operation = byCode.get(segment.slice(1));
  if (operation === undefined) throw unknownOperation(segment);
  const { definition } = operation;
  if (!isDefinedFor(definition, request.path)) {
    throw refusal(
      'not-found',
      `${segment} is not defined for ${request.path.slice(0, -1).join('/') || 'the base URL'}; call ${pathsOf(definition).join(' or ')}.`,
    );
  }
  if (definition.affectsState && request.method !== 'POST') {
    throw refusal('not-supported', `${segment} changes resources and must be called with POST.`, {
      status: 405,
      headers: { allow: 'POST' },
    });
  }
  return operation;
}

/** A body whose text is at fault, where the operation has an answer for it. */
function unreadable({ unreadable: answer }: Operation, { method, body }: FhirRequest): FhirResponse | undefined {
  if (answer === undefined || method !== 'POST' || body.bytes.length === 0 || body.contentType === formType) return undefined;
  try {
    body.resource();
    return undefined;
  } catch (fault) {
    if (fault instanceof FhirError && fault.status === 400) return answer(fault);
    throw fault;
  }
}

export const operation: Interaction = async (request, services) => {
  const found = operationOf(request);
  const answer = unreadable(found, request);
  if (answer !== undefined) return answer;
  const [type, id] = request.path.slice(0, -1);
  const call: OperationCall = {
    request,
    arguments: found.readsBody ? new Map() : readArguments(found.definition, request),
    ...(type === undefined ? {} : { type }),
    ...(id === undefined ? {} : { id }),
  };
  return found.run(call, services);
};
