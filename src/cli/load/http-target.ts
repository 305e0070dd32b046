/** Loads into a FHIR server at a URL, over its REST interface. https://hl7.org/fhir/R4/http.html#transaction */
import { parseJson, printJson } from '../../fhir/json.ts';
import { refusal } from '../../fhir/outcome.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Member } from './item.ts';
import { outcomeText, refusedEntriesOf } from './refused-entry.ts';
import type { Stored, Target } from './target.ts';

async function send(base: string, bundle: Resource): Promise<Resource> {
  const response = await fetch(base, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json', prefer: 'return=minimal' },
    body: printJson(bundle),
  }).catch((error: Error) => {
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    throw new Error(`No FHIR server answers at ${base} (${cause || 'connection refused'}).`);
  });
  const text = await response.text();
  const answer = response.headers.get('content-type')?.includes('json') === true ? parseJson(text) : undefined;
  if (response.ok && isObject(answer)) return answer as Resource;
  throw refusal('processing', outcomeText(answer) || `the server answers ${response.status} ${response.statusText}`);
}

function entryOf({ resource, fullUrl }: Member) {
  const id = resource.id;
  const request =
    typeof id === 'string' ? { method: 'PUT', url: `${resource.resourceType}/${id}` } : { method: 'POST', url: resource.resourceType };
  return { ...(fullUrl === undefined ? {} : { fullUrl }), resource, request };
}

/** The server's entry numbers as places in the file. */
const located = ({ count, refused }: Stored, members: readonly Member[]): Stored => ({
  count,
  refused: refused.map(({ at, text }) => ({ at: members[Number(/\d+/.exec(at)?.[0])]?.at ?? at, text })),
});

/** `url`: the FHIR base. */
export function httpTarget(url: string): Target {
  const bundleOf = (type: string, members: readonly Member[]): Resource => ({ resourceType: 'Bundle', type, entry: members.map(entryOf) });
  const post = async (type: string, members: readonly Member[]): Promise<Stored> =>
    located(refusedEntriesOf(await send(url, bundleOf(type, members))), members);
  return {
    run: async (bundle) => refusedEntriesOf(await send(url, bundle)),
    collection: (members) => post('transaction', members),
    members: (members) => post('batch', members),
  };
}
