/** The state of one commit while it goes through its steps: plain records that each step fills further. */
import { cloneJson } from '../../fhir/json.ts';
import { FhirError, refusal } from '../../fhir/outcome.ts';
import type { ConsentRuleRow } from '../../store/statement/consent-rule.ts';
import type { CurrentRow } from '../../store/statement/lock.ts';
import type { VersionRow } from '../../store/statement/write.ts';
import type { Change, ChangeResult } from '../change.ts';

import type { Prepared } from './prepared.ts';
import { type BoundOptions, criteriaOf, type Unit } from './unit.ts';

/** One change on its way. */
export interface Item {
  /** Owned by this attempt where links may still be rewritten. */
  readonly change: Change;
  /** The resource's id, once it is known. */
  id: string | undefined;
  /** If-None-Exist found it: nothing is written. */
  existing: boolean;
  /** The criteria of its update found nothing: an id in the body has to be new. */
  unmatched?: boolean;
  current?: CurrentRow;
  /** Who writes may read what stands. */
  seenBefore?: boolean;
  /** Who writes may read what is to stand. */
  seen?: boolean;
  /** Something stands or stood under its id that who writes does not know of. */
  isHidden?: boolean;
  /** It stands and may be read, but not written. */
  isBarred?: boolean;
  /** What is to stand is out of reach. */
  isBeyond?: boolean;
  /** References to what is not within reach, or is not known. */
  unreached?: ReadonlySet<string>;
  /** Of a Consent. */
  rules?: readonly ConsentRuleRow[];
  prepared?: Prepared;
  row?: VersionRow;
  result?: ChangeResult;
  /** The other matches of a conditional delete of several. */
  also: readonly Item[];
}

/** One unit in one attempt: stands or falls as a whole. */
export interface Work {
  readonly unit: Unit;
  readonly options: BoundOptions;
  readonly items: readonly Item[];
  /** Refused: nothing of it is written. */
  fault?: FhirError;
  /** Must run by itself, since it would wait for others or met one of the same group. */
  alone?: boolean;
}

/** A fresh attempt. What an attempt changes in resources must not be seen by the next one. */
export function newWork(unit: Unit): Work {
  const items = unit.changes.map((change, i): Item => {
    const prepared = unit.prepared?.[i];
    return {
      change: unit.prepared ? change : owned(change),
      id: unit.ids[i],
      existing: false,
      also: [],
      ...(prepared ? { prepared } : {}),
    };
  });
  return { unit, options: unit.options, items };
}

const owned = (change: Change): Change => ('resource' in change ? { ...change, resource: cloneJson(change.resource) } : change);

export const isLive = (work: Work): boolean => work.fault === undefined && work.alone !== true;

/** Runs a step for every live work; a refusal ends that work only. */
export function eachLive(works: readonly Work[], step: (work: Work) => void): void {
  for (const work of works) {
    if (!isLive(work)) continue;
    try {
      step(work);
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      work.fault = error;
    }
  }
}

/** All items of the live works, the further ones of multiple deletes included. */
export const liveItems = (works: readonly Work[]): Item[] => works.filter(isLive).flatMap(itemsOf);

/** What the live works write. */
export const rowsOf = (works: readonly Work[]): VersionRow[] => liveItems(works).flatMap(({ row }) => (row === undefined ? [] : [row]));

export const itemsOf = (work: Work): Item[] => work.items.flatMap((item) => [item, ...item.also]);

export const hasCriteria = (item: Item): boolean => criteriaOf(item.change) !== undefined;

/** A refusal located at the change's place in the request. */
export const refusedAt = (change: Change, ...[code, text, detail]: Parameters<typeof refusal>): FhirError =>
  refusal(code, text, change.at === '' ? detail : { expression: change.at, ...detail });

export const nameOf = (item: Item): string => `${item.change.type}/${item.id ?? ''}`;
