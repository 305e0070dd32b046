/** Which entries of a document or message its first entry leads to. https://hl7.org/fhir/R4/documents.html#content, https://hl7.org/fhir/R4/messaging.html */
import type { Definitions } from '../../../fhir/definitions.ts';
import type { Entry } from './entry.ts';
import type { EntryIndex } from './entry-index.ts';
import { linkFinder } from './urn-reference.ts';

export interface Reached {
  /** Not reached forwards, but they refer to what was reached. */
  readonly backwards: readonly Entry[];
  readonly never: readonly Entry[];
}

/** `roots` are reached in any case. */
export function reach(entries: readonly Entry[], roots: readonly Entry[], index: EntryIndex, definitions: Definitions): Reached {
  const { targets, sources } = graphOf(entries, index, definitions);
  const visited = new Set<Entry>();
  const queue: Entry[] = [];
  const visit = (start: Entry): void => {
    const stack = [start];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (visited.has(next)) continue;
      visited.add(next);
      queue.push(next);
      stack.push(...(targets.get(next) ?? []));
    }
  };
  roots.forEach(visit);
  const backwards: Entry[] = [];
  // Visiting lengthens the queue.
  for (let i = 0; i < queue.length; i++) {
    for (const source of sources.get(queue[i] as Entry) ?? []) {
      if (visited.has(source)) continue;
      backwards.push(source);
      visit(source);
    }
  }
  return { backwards, never: entries.filter((entry) => entry.resource !== undefined && !visited.has(entry)) };
}

/** Of the entries that one reference may mean; more than one are a fault already. */
const most = 100;

function graphOf(entries: readonly Entry[], index: EntryIndex, definitions: Definitions) {
  const find = linkFinder(definitions);
  const targets = new Map<Entry, Set<Entry>>();
  const sources = new Map<Entry, Set<Entry>>();
  for (const entry of entries) {
    if (entry.resource === undefined) continue;
    const found = new Set<Entry>();
    for (const { value } of find(entry.resource))
      for (const target of index.matches(value, entry).slice(0, most)) if (target !== entry) found.add(target);
    targets.set(entry, found);
    for (const target of found) sources.set(target, (sources.get(target) ?? new Set()).add(entry));
  }
  return { targets, sources };
}
