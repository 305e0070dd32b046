/** POST [base]: a Bundle that is processed as batch or transaction; a history is replayed. https://hl7.org/fhir/R4/http.html#transaction */
import { refusal } from '../../fhir/outcome.ts';
import { batch } from '../batch.ts';
import type { Dispatcher } from '../dispatch.ts';
import type { Interaction } from '../interaction.ts';
import { checkParameters } from '../parameter.ts';
import { transaction } from '../transaction.ts';

/** `entries` finds the interactions of the entries; throws 400 for a Bundle of another type and for what is no Bundle. */
export function bundle(entries: Dispatcher): Interaction {
  const interactions = new Map<unknown, Interaction>([
    ['batch', batch(entries.dispatch)],
    ['transaction', transaction(entries)],
    // SHOULD: a history Bundle is accepted — http.html#other-bundles
    ['history', transaction(entries)],
  ]);
  return async (request, services) => {
    checkParameters(request, []);
    const resource = request.body.resource();
    if (resource.resourceType !== 'Bundle') throw notBundle(resource.resourceType);
    const run = interactions.get(resource['type']);
    if (run === undefined) throw otherType(resource['type']);
    return run(request, services);
  };
}

const notBundle = (type: string): Error =>
  refusal('invalid', `The base URL processes Bundles; a ${type.slice(0, 64)} is created at [base]/${type.slice(0, 64)}.`, {
    expression: 'resourceType',
  });

function otherType(type: unknown): Error {
  const found = typeof type === 'string' ? `of type "${type.slice(0, 64)}"` : 'without type';
  const text = `A Bundle ${found} is not processed: its type must be batch, transaction or history. To store a Bundle as it is, POST it to [base]/Bundle.`;
  return refusal('value', text, { expression: 'Bundle.type' });
}
