/** batch: every entry on its own, with an outcome of its own. https://hl7.org/fhir/R4/http.html#brules */
import { FhirError } from '../fhir/outcome.ts';
import { AnswerSize } from './bundle/answer-size.ts';
import { type Entry, entriesOf, entryHeaders, readEntry } from './bundle/entry.ts';
import { answeredEntry, refusedEntry, responseBundle } from './bundle/entry-response.ts';
import { requestIdentity } from './bundle/identity.ts';
import { located } from './bundle/located.ts';
import { inSteps } from './bundle/order.ts';
import type { FhirRequest, Interaction, Services } from './interaction.ts';

/** Entries under way at once: enough that their writes share a commit. */
const together = 16;

export const batch =
  (dispatch: Interaction): Interaction =>
  async (request, services) => {
    const given = entriesOf(request.body.resource());
    const answers: string[] = new Array(given.length);
    const size = new AnswerSize();
    const entries = readEntries(given, request, answers);
    // The order of a transaction, though it must not matter: http.html#brules
    for (const step of inSteps(entries, (entry) => entry.request.method)) {
      await inParallel(step, async (entry) => {
        answers[entry.index] = size.add(await answer(entry, size, dispatch, services));
      });
    }
    return { status: 200, body: responseBundle('batch-response', answers) };
  };

/** Entries that can be read; the others are answered at once. */
function readEntries(given: readonly unknown[], request: FhirRequest, answers: string[]): Entry[] {
  const headers = entryHeaders(request);
  return given.flatMap((entry, index) => {
    try {
      return [readEntry(entry, index, request, headers)];
    } catch (error) {
      answers[index] = refused(error, index);
      return [];
    }
  });
}

async function answer({ request, index }: Entry, size: AnswerSize, dispatch: Interaction, services: Services): Promise<string> {
  try {
    size.check(request);
    return await answeredEntry(request, await dispatch(request, services));
  } catch (error) {
    const known = error instanceof FhirError ? error : services.refusalFor?.(error);
    return refused(known ?? error, index);
  }
}

function refused(error: unknown, index: number): string {
  const refusal = located(error, index);
  if (refusal instanceof FhirError) return refusedEntry(refusal);
  throw refusal;
}

/** Runs all, a few at a time; entries that write the same resource run one after the other, as they stand. */
async function inParallel(entries: readonly Entry[], work: (entry: Entry) => Promise<void>): Promise<void> {
  const last = new Map<string, Promise<void>>();
  let next = 0;
  const start = (entry: Entry): Promise<void> => {
    const identity = requestIdentity(entry.request);
    if (identity === undefined) return work(entry);
    const done = (last.get(identity) ?? Promise.resolve()).then(() => work(entry));
    last.set(identity, done);
    return done;
  };
  const lane = async (): Promise<void> => {
    for (let entry = entries[next++]; entry !== undefined; entry = entries[next++]) await start(entry);
  };
  await Promise.all(Array.from({ length: Math.min(together, entries.length) }, lane));
}
