/**
 * The children of a value: how many there are, what each of them is, and into which slices they fall.
 * https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.min, https://hl7.org/fhir/R4/json.html
 */
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import type { CheckRun, Twin } from './check-run.ts';
import type { Compiler, ValueCheck } from './compiler.ts';
import type { Bound, ElementNode } from './element-node.ts';
import { itemCheck } from './item-check.ts';
import { type SliceCheck, sliceCheck } from './slice-check.ts';
import { actualType, type SliceItem } from './slice-item.ts';
import type { ElementKeys, TypedKey } from './typed-keys.ts';

/** The check of one child of an object. */
type ChildCheck = (run: CheckRun, body: JsonObject) => void;

const nothing: JsonObject = {};

export function childrenCheck(compiler: Compiler, node: ElementNode, type: string): ValueCheck | undefined {
  if (node.children.size === 0) return undefined;
  const isPrimitive = compiler.definitions.type(type)?.kind === 'primitive';
  const keys = compiler.keysOf(type);
  let checks: ChildCheck[] | undefined;
  const make = (): ChildCheck[] =>
    [...node.children.values()].flatMap((child) => {
      const own = keys.get(child.name);
      return own === undefined ? [] : (childCheck(compiler, child, own) ?? []);
    });
  return (run, value, twin) => {
    const body = isPrimitive ? (twin ?? nothing) : value;
    if (!isObject(body) || run.isTooDeep()) return;
    checks ??= make();
    if (!run.spend(checks.length)) return;
    for (const check of checks) {
      if (run.isDecided) return;
      check(run, body);
    }
  };
}

function childCheck(compiler: Compiler, node: ElementNode, own: ElementKeys): ChildCheck | undefined {
  const min = node.min !== undefined && node.min.value > own.min ? node.min : undefined;
  const max = node.max !== undefined && node.max.value < own.max ? node.max : undefined;
  const slices = sliceCheck(compiler, node, own);
  const items = itemChecks(compiler, node, own);
  if (min === undefined && max === undefined && slices === undefined && items === undefined) return undefined;
  const plan: Plan = { node, own, min, max, slices, items };
  if (own.isList) return own.keys[0] === undefined ? undefined : listCheck(plan, own.keys[0]);
  return own.keys.length === 1 && own.keys[0] !== undefined ? singleCheck(plan, own.keys[0]) : choiceCheck(plan);
}

interface Plan {
  readonly node: ElementNode;
  readonly own: ElementKeys;
  readonly min: Bound | undefined;
  readonly max: Bound | undefined;
  readonly slices: SliceCheck | undefined;
  /** By type; undefined when no type has anything to check. */
  readonly items: ReadonlyMap<string, ValueCheck | undefined> | undefined;
}

/** Checks for each type that the element may have. */
function itemChecks(compiler: Compiler, node: ElementNode, own: ElementKeys): Plan['items'] {
  const checks = own.keys.map(({ type }) => [type, itemCheck(compiler, node, type)] as const);
  return checks.some(([, check]) => check !== undefined) ? new Map(checks) : undefined;
}

function tooFew(run: CheckRun, { path }: ElementNode, { value, source }: Bound, found: number): void {
  run.add('error', 'required', () => `${path}: there are ${found}; expected at least ${value} (${source})`);
}

function tooMany(run: CheckRun, { path }: ElementNode, { value, source }: Bound, found: number): void {
  const expected = value === 0 ? 'expected none' : `expected at most ${value}`;
  run.add('error', 'structure', () => `${path}: there are ${found}; ${expected} (${source})`);
}

function checkCount(run: CheckRun, { node, min, max }: Plan, count: number): void {
  if (min !== undefined && count < min.value) tooFew(run, node, min, count);
  if (max !== undefined && count > max.value) tooMany(run, node, max, count);
}

export const twinOf = (body: JsonObject, twin: string | undefined): Twin => {
  const found = twin === undefined ? undefined : body[twin];
  return isObject(found) ? found : undefined;
};

function singleCheck(plan: Plan, { key, twin, type }: TypedKey): ChildCheck {
  const { own, min, max, slices } = plan;
  const item = plan.items?.get(type);
  const isProhibited = max?.value === 0;
  return (run, body) => {
    const value = body[key];
    const extra = twinOf(body, twin);
    if (value === undefined && extra === undefined) {
      if (min !== undefined) checkCount(run, plan, 0);
      slices?.(run, noItems);
      return;
    }
    if (isProhibited) return checkCount(run, plan, 1);
    if (item !== undefined) {
      run.enter(own.name);
      item(run, value, extra);
      run.leave();
    }
    slices?.(run, [{ value, twin: extra, type: actualType(value, type), index: undefined }]);
  };
}

function choiceCheck(plan: Plan): ChildCheck {
  const { own, items, slices } = plan;
  return (run, body) => {
    let count = 0;
    for (const { key, twin, type } of own.keys) {
      const value = body[key];
      const extra = twinOf(body, twin);
      if (value === undefined && extra === undefined) continue;
      count++;
      const item = items?.get(type);
      run.enter(own.name);
      if (item !== undefined) item(run, value, extra);
      run.leave();
      slices?.(run, [{ value, twin: extra, type, index: undefined }]);
    }
    if (count === 0) slices?.(run, noItems);
    checkCount(run, plan, count);
  };
}

const none: readonly unknown[] = [];
const noItems: readonly SliceItem[] = [];

function listCheck(plan: Plan, { key, twin, type }: TypedKey): ChildCheck {
  const { own, slices } = plan;
  const item = plan.items?.get(type);
  return (run, body) => {
    const values = Array.isArray(body[key]) ? (body[key] as unknown[]) : none;
    const twins = twin !== undefined && Array.isArray(body[twin]) ? (body[twin] as unknown[]) : none;
    const count = Math.max(values.length, twins.length);
    checkCount(run, plan, count);
    if (count > 0 && item !== undefined && run.spend(count)) {
      run.enter(own.name);
      for (let i = 0; i < count; i++) {
        run.enter(i);
        item(run, values[i] ?? undefined, twinAt(twins, i));
        run.leave();
      }
      run.leave();
    }
    if (slices !== undefined) slices(run, itemsOf(values, twins, count, type));
  };
}

function itemsOf(values: readonly unknown[], twins: readonly unknown[], count: number, type: string): readonly SliceItem[] {
  if (count === 0) return noItems;
  const items: SliceItem[] = [];
  for (let i = 0; i < count; i++)
    items.push({ value: values[i] ?? undefined, twin: twinAt(twins, i), type: actualType(values[i], type), index: i });
  return items;
}

function twinAt(twins: readonly unknown[], i: number): Twin {
  const twin = twins[i];
  return isObject(twin) ? twin : undefined;
}
