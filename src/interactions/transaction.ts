/** transaction: all entries or none, in the order of the specification. https://hl7.org/fhir/R4/http.html#trules */
import { FhirError, type Issue } from '../fhir/outcome.ts';
import { readPrefer } from '../fhir/prefer.ts';
import type { Change, PatchChange } from '../repository/change.ts';
import type { Repository } from '../repository/repository.ts';
import { AnswerSize } from './bundle/answer-size.ts';
import { type Entry, entriesOf, entryAt, entryHeaders, readEntry } from './bundle/entry.ts';
import { answeredEntry, responseBundle, writtenEntry } from './bundle/entry-response.ts';
import { FullUrls, Identities, identityOf } from './bundle/identity.ts';
import { located } from './bundle/located.ts';
import { inSteps } from './bundle/order.ts';
import { replayOf } from './bundle/replay.ts';
import type { Dispatcher } from './dispatch.ts';
import type { FhirRequest, Interaction, Services } from './interaction.ts';

/** Faults told at once; more would help nobody. */
const mostIssues = 50;

/** The entries of a transaction: those that write, in the order of processing, and those that read afterwards. */
interface Plan {
  readonly size: number;
  readonly changes: readonly Change[];
  /** `writers[i]` asked for `changes[i]`. */
  readonly writers: readonly Entry[];
  readonly readers: readonly Entry[];
}

export const transaction =
  (entries: Dispatcher): Interaction =>
  async (request, services) => {
    const bundle = request.body.resource();
    const replay = bundle['type'] === 'history' ? replayOf(entriesOf(bundle)) : undefined;
    const plan = await planOf(replay?.entries ?? entriesOf(bundle), request, services, entries);
    const answers: string[] = new Array(plan.size);
    const within = async (repository: Repository): Promise<void> =>
      read(plan.readers, entries, { ...services, repository: () => repository }, answers);
    const multiple = services.settings.conditionalDelete === 'multiple';
    const options = { transaction: true, ...(multiple ? { multiple } : {}), ...(plan.readers.length === 0 ? {} : { within }) };
    // It is not an error if the Bundle has no entries: http.html#trules
    const results = plan.size === 0 ? [] : await services.repository(request.principal).commit(plan.changes, options);
    const prefer = readPrefer(request.headers['prefer']).return ?? 'minimal';
    plan.writers.forEach((writer, i) => {
      const result = results[i];
      if (result === undefined) throw new Error('A commit gave no result for a change');
      answers[writer.index] = writtenEntry(result, request.base, prefer);
    });
    replay?.standIns.forEach((standIn, index) => {
      answers[index] ??= answers[standIn] as string;
    });
    return { status: 200, body: responseBundle('transaction-response', answers) };
  };

/** `given` has no entry where another stands for it. */
async function planOf(given: readonly unknown[], request: FhirRequest, services: Services, entries: Dispatcher): Promise<Plan> {
  const faults: FhirError[] = [];
  const writing: { entry: Entry; change: Change }[] = [];
  const readers: Entry[] = [];
  const headers = entryHeaders(request);
  const [fullUrls, identities] = [new FullUrls(), new Identities()];
  for (let index = 0; index < given.length && faults.length < mostIssues; index++) {
    if (given[index] === undefined) continue;
    try {
      const entry = readEntry(given[index], index, request, headers);
      fullUrls.add(entry);
      const change = await changeOf(entry, services, entries);
      if (change === undefined) readers.push(entry);
      else writing.push({ entry, change });
      const identity = change === undefined ? undefined : identityOf(change);
      if (change !== undefined && identity !== undefined) identities.add(identity, entry, change.kind);
    } catch (error) {
      faults.push(faultOf(error, index));
    }
  }
  refuseAll(faults);
  // SHALL: the outcome does not depend on the order of entries — http.html#trules
  const ordered = inSteps(writing, ({ entry }) => entry.request.method).flat();
  return { size: given.length, changes: ordered.map(({ change }) => change), writers: ordered.map(({ entry }) => entry), readers };
}

/** What an entry writes, or undefined when it reads. Throws for what no interaction stands for. */
async function changeOf({ request, index, fullUrl }: Entry, services: Services, { find }: Dispatcher): Promise<Change | undefined> {
  const change = await find(request, services.definitions).change?.(request, services);
  if (change === undefined) return undefined;
  const placed = { ...change, at: `${entryAt(index)}.resource`, ...(fullUrl === undefined ? {} : { fullUrl }) };
  return placed.kind === 'patch' ? { ...placed, apply: locatedPatch(placed.apply, index) } : placed;
}

/** A patch knows nothing of the Bundle that brought it. */
const locatedPatch =
  (apply: PatchChange['apply'], index: number): PatchChange['apply'] =>
  (current) => {
    try {
      return apply(current);
    } catch (error) {
      throw located(error, index);
    }
  };

function faultOf(error: unknown, index: number): FhirError {
  const fault = located(error, index);
  if (fault instanceof FhirError) return fault;
  throw fault;
}

/** All faults in one outcome, with the status of the first. */
function refuseAll(faults: readonly FhirError[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const issues = faults.flatMap((fault): readonly Issue[] => fault.issues);
  throw new FhirError(issues, first.status, first.headers);
}

/** Reads see what the transaction wrote; one that fails takes the transaction back. */
async function read(readers: readonly Entry[], { dispatch }: Dispatcher, services: Services, answers: string[]): Promise<void> {
  const size = new AnswerSize();
  for (const { request, index } of readers) {
    try {
      size.check(request);
      answers[index] = size.add(await answeredEntry(request, await dispatch(request, services)));
    } catch (error) {
      throw located(error, index);
    }
  }
}
