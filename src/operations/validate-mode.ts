/**
 * The modes of $validate: the write is done in a transaction that is rolled back, so that the answer is that of the write itself.
 * https://hl7.org/fhir/R4/valueset-resource-validation-mode.html
 */
import { FhirError, type Issue, refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Services } from '../interactions/interaction.ts';
import type { Change } from '../repository/change.ts';
import type { Mode } from '../validation/validation.ts';
import type { OperationCall } from './operation.ts';
import { storedResource } from './validate-target.ts';

const modes: readonly string[] = ['create', 'update', 'delete'];

/** `profile` is what a nominated profile means anyway. */
export function modeOf(text: string | undefined): Mode | undefined {
  if (text === undefined || text === 'profile') return undefined;
  if (modes.includes(text)) return text as Mode;
  throw refusal('value', `"${text.slice(0, 64)}" is no mode of $validate; known are create, update, delete and profile.`);
}

/** Why the server would refuse the write; empty when it would not. */
export async function acceptanceIssues(
  mode: Mode,
  call: OperationCall,
  resource: Resource | undefined,
  services: Services,
): Promise<readonly Issue[]> {
  const { principal } = call.request;
  const change = changeOf(mode, call, resource);
  if (change.kind === 'delete') await storedResource(change.type, change.id as string, principal, services);
  try {
    await services.repository(principal).commit([change], { within: rollBack });
    throw new Error('a rehearsed write was committed');
  } catch (fault) {
    if (fault instanceof Rehearsed) return [];
    if (fault instanceof FhirError && fault.status < 500) return fault.issues;
    throw fault;
  }
}

class Rehearsed extends Error {}

const rollBack = async (): Promise<void> => {
  throw new Rehearsed();
};

function changeOf(mode: Mode, { type, id }: OperationCall, resource: Resource | undefined): Change {
  if (mode === 'create' && resource !== undefined) {
    if (id !== undefined) throw refusal('value', `mode=create is asked without an id: [base]/${type}/$validate.`);
    const { id: _ignored, ...rest } = resource;
    return { kind: 'create', type: resource.resourceType, at: '', resource: rest };
  }
  // SHALL: only at the level of an instance — resource-operation-validate.html. A resource with an id names the instance as well.
  const named = id ?? resource?.id;
  const name = type ?? resource?.resourceType;
  if (named === undefined || name === undefined)
    throw refusal('value', `mode=${mode} needs the resource that is meant in the address: [base]/[type]/[id]/$validate.`);
  if (mode === 'delete' || resource === undefined) return { kind: 'delete', type: name, id: named, at: '' };
  return { kind: 'update', type: name, id: named, at: '', resource };
}
