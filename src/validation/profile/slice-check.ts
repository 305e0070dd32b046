/**
 * Slicing: every item goes to the slice whose discriminators it meets; slices are counted, and their items checked.
 * https://hl7.org/fhir/R4/profiling.html#slicing
 */
import type { CheckRun } from './check-run.ts';
import type { Compiler, ValueCheck } from './compiler.ts';
import { type ElementNode, type Slicing, slicingOf, typeCodes } from './element-node.ts';
import { itemCheck } from './item-check.ts';
import type { Matcher, SliceItem } from './slice-item.ts';
import { matcherOf } from './slice-matcher.ts';
import type { ElementKeys } from './typed-keys.ts';

/** `items` are all values of the element; the run stands at the element's parent. */
export type SliceCheck = (run: CheckRun, items: readonly SliceItem[]) => void;

interface Slice {
  readonly node: ElementNode;
  /** Its place among all slices and slices of slices of the element. */
  readonly at: number;
  readonly matches: Matcher;
  readonly check: (type: string) => ValueCheck | undefined;
  readonly inner: Group | undefined;
}

/** The slices of an element, or of a slice. */
interface Group {
  readonly slicing: Slicing;
  readonly path: string;
  readonly slices: readonly Slice[];
}

export function sliceCheck(compiler: Compiler, node: ElementNode, own: ElementKeys): SliceCheck | undefined {
  if (node.slices.size === 0 && node.slicing?.rules !== 'closed') return undefined;
  let made: { readonly group: Group; readonly all: readonly Slice[] } | undefined;
  const make = () => {
    const all: Slice[] = [];
    return { group: groupOf(compiler, node, own, all), all };
  };
  return (run, items) => {
    if (run.isDecided) return;
    made ??= make();
    const { group, all } = made;
    if (!run.spend(items.length * all.length)) return;
    const counts = new Array<number>(all.length).fill(0);
    if (items.length > 0) {
      run.enter(own.name);
      distribute(run, group, items, counts);
      run.leave();
    }
    for (const slice of all) checkCount(run, slice, counts[slice.at] ?? 0, slicingRules(group));
  };
}

const byUrl: readonly Slicing['discriminators'][number][] = [{ type: 'value', path: 'url' }];
const byType: typeof byUrl = [{ type: 'type', path: '$this' }];

/** SHALL: extensions go by their url, choices by their type — profiling.html#slicing. */
function slicingFor(node: ElementNode, own: ElementKeys): Slicing {
  const said = slicingOf(node);
  const isInner = node.sliceName !== undefined && node.slicing === undefined;
  const implied = typeCodes(node).every((code) => code === 'Extension') ? byUrl : own.isChoice ? byType : [];
  const given = said?.discriminators ?? [];
  return {
    discriminators: given.length > 0 ? given : implied,
    ordered: said?.ordered ?? false,
    // What a slice is divided into further is open unless it says otherwise.
    rules: isInner ? 'open' : (said?.rules ?? 'open'),
    source: said?.source ?? node.path,
  };
}

function groupOf(compiler: Compiler, node: ElementNode, own: ElementKeys, all: Slice[]): Group {
  const slicing = slicingFor(node, own);
  const slices = [...node.slices.values()].map((slice) => {
    const at = all.length;
    const checks = new Map<string, ValueCheck | undefined>();
    const check = (type: string): ValueCheck | undefined => {
      if (!checks.has(type)) checks.set(type, itemCheck(compiler, slice, type));
      return checks.get(type);
    };
    const made = { node: slice, at, matches: matcherOf(compiler, slice, slicing), check };
    all.push({ ...made, inner: undefined });
    const inner = slice.slices.size > 0 ? groupOf(compiler, slice, own, all) : undefined;
    return { ...made, inner };
  });
  return { slicing, path: node.path, slices };
}

const slicingRules = ({ slicing }: Group): Slicing['rules'] => slicing.rules;

/** The run stands at the element. */
function distribute(run: CheckRun, group: Group, items: readonly SliceItem[], counts: number[]): void {
  let last = -1;
  let isPastEnd = false;
  for (const item of items) {
    if (item.index !== undefined) run.enter(item.index);
    const at = place(run, group, item, counts);
    if (at < 0) isPastEnd = true;
    else {
      if (group.slicing.ordered && at < last) outOfOrder(run, group, group.slices[at]);
      else if (group.slicing.rules === 'openAtEnd' && isPastEnd) outOfOrder(run, group, group.slices[at]);
      last = Math.max(last, at);
    }
    if (item.index !== undefined) run.leave();
  }
}

/** Checks the item with its slice; answers which one, or -1. */
function place(run: CheckRun, group: Group, item: SliceItem, counts: number[]): number {
  const found = sliceOf(run, group, item);
  const slice = group.slices[found];
  if (slice !== undefined) {
    counts[slice.at] = (counts[slice.at] ?? 0) + 1;
    slice.check(item.type)?.(run, item.value, item.twin);
    if (slice.inner !== undefined) place(run, slice.inner, item, counts);
  } else if (group.slicing.rules === 'closed') unmatched(run, group);
  return found;
}

/** What may fall into a slice, as far as is known, does when it falls into no other. */
function sliceOf(run: CheckRun, group: Group, item: SliceItem): number {
  const before = run.unknowns;
  const found = firstSlice(run, group, item);
  if (found >= 0 || run.unknowns === before) return found;
  const outer = run.isLenient;
  run.isLenient = true;
  const lenient = group.slices.findIndex((slice) => slice.matches(run, item));
  run.isLenient = outer;
  return lenient;
}

/** The slice that takes the item for certain, or else the first that may. */
function firstSlice(run: CheckRun, { slices, slicing }: Group, item: SliceItem): number {
  let [certain, possible] = [-1, -1];
  for (let i = 0; i < slices.length; i++) {
    const slice = slices[i];
    const before = run.unknowns;
    if (slice === undefined || !slice.matches(run, item)) continue;
    if (run.unknowns !== before) {
      if (possible < 0) possible = i;
      continue;
    }
    if (certain >= 0) {
      ambiguous(run, slices[certain], slice, slicing);
      break;
    }
    certain = i;
  }
  return certain < 0 ? possible : certain;
}

// SHALL: closed slicing has nothing outside the slices — profiling.html#slicing
function unmatched(run: CheckRun, { path, slicing, slices }: Group): void {
  const names = slices.map(({ node }) => node.sliceName).join(', ');
  const expected = names === '' ? 'expected none' : `expected an item of one of the slices ${names}`;
  run.add('error', 'structure', () => `Falls into no slice of ${path}, whose slicing is closed; ${expected} (${slicing.source})`);
}

function ambiguous(run: CheckRun, first: Slice | undefined, second: Slice, { source }: Slicing): void {
  const names = `${first?.node.sliceName} and ${second.node.sliceName}`;
  run.add(
    'error',
    'structure',
    () => `Falls into more than one slice, ${names}; expected an item that meets the discriminators of one (${source})`,
  );
}

function outOfOrder(run: CheckRun, { path, slicing }: Group, slice: Slice | undefined): void {
  const where = slicing.ordered ? 'in the order of the slices' : 'before the items that fall into no slice';
  run.add(
    'error',
    'structure',
    () => `An item of the slice ${slice?.node.sliceName} of ${path} is out of order; expected it ${where} (${slicing.source})`,
  );
}

function checkCount(run: CheckRun, { node }: Slice, count: number, rules: Slicing['rules']): void {
  const { min, max, path } = node;
  if (min !== undefined && count < min.value) {
    const more = rules === 'closed' ? '' : '; items of other slices do not count';
    run.add(
      'error',
      'required',
      () => `Slice ${path}: there are ${count} items that fall into it; expected at least ${min.value}${more} (${min.source})`,
    );
  }
  if (max !== undefined && count > max.value) {
    const expected = max.value === 0 ? 'expected none' : `expected at most ${max.value}`;
    run.add('error', 'structure', () => `Slice ${path}: there are ${count} items that fall into it; ${expected} (${max.source})`);
  }
}
