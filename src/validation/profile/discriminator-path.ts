/**
 * Paths of discriminators: elements, `$this`, `resolve()`, `extension('url')` and `ofType(type)`.
 * https://hl7.org/fhir/R4/profiling.html#discriminator
 */
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import type { CheckRun } from './check-run.ts';
import type { Compiler } from './compiler.ts';
import { resolved } from './reference-check.ts';
import type { SliceItem } from './slice-item.ts';

export type PathStep =
  | { readonly kind: 'child'; readonly name: string }
  | { readonly kind: 'resolve' }
  | { readonly kind: 'extension'; readonly url: string }
  | { readonly kind: 'ofType'; readonly type: string };

const token = /^(?:\$this|([A-Za-z_][A-Za-z0-9_]*)(\[x\])?(?:\(\s*(?:(['"])(.*?)\3|([A-Za-z.]+))?\s*\))?)(?:\.|$)/;

/** Undefined for a path beyond the restricted subset. */
export function parsePath(path: string): readonly PathStep[] | undefined {
  const steps: PathStep[] = [];
  let rest = path.trim();
  while (rest !== '') {
    const found = token.exec(rest);
    if (found === null) return undefined;
    const [whole, name, , , text, type] = found;
    const step = name === undefined ? undefined : stepOf(name, whole.includes('('), text, type);
    if (step === null) return undefined;
    if (step !== undefined) steps.push(step);
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** Null for a function that is not allowed. */
function stepOf(name: string, isCall: boolean, text: string | undefined, type: string | undefined): PathStep | null {
  if (!isCall) return { kind: 'child', name };
  if (name === 'resolve') return { kind: 'resolve' };
  if (name === 'extension' && text !== undefined) return { kind: 'extension', url: text };
  if ((name === 'ofType' || name === 'as') && type !== undefined) return { kind: 'ofType', type: type.slice(type.lastIndexOf('.') + 1) };
  return null;
}

/** Follows a path from an item to values. */
export type Select = (run: CheckRun, item: SliceItem) => readonly SliceItem[];

/** `$this` */
export const itself: Select = (_run, item) => [item];

export function selectOf(compiler: Compiler, steps: readonly PathStep[]): Select {
  const parts = steps.map((step) => partOf(compiler, step));
  if (parts.length === 0) return itself;
  return (run, item) => {
    let items: readonly SliceItem[] = [item];
    for (const part of parts) {
      const next: SliceItem[] = [];
      for (const one of items) part(run, one, next);
      items = next;
    }
    return items;
  };
}

type Part = (run: CheckRun, item: SliceItem, into: SliceItem[]) => void;

function partOf(compiler: Compiler, step: PathStep): Part {
  if (step.kind === 'child') return (_run, item, into) => pushChildren(compiler, item, step.name, into);
  if (step.kind === 'ofType') return (_run, item, into) => void (item.type === step.type && into.push(item));
  if (step.kind === 'resolve') return pushTarget;
  return (_run, item, into) => {
    const found: SliceItem[] = [];
    pushChildren(compiler, item, 'extension', found);
    into.push(...found.filter(({ value }) => isObject(value) && value['url'] === step.url));
  };
}

function pushTarget(run: CheckRun, { value }: SliceItem, into: SliceItem[]): void {
  const reference = typeof value === 'string' ? value : isObject(value) ? value['reference'] : undefined;
  const target = typeof reference === 'string' ? resolved(run, reference) : undefined;
  if (target !== undefined) into.push({ value: target, twin: undefined, type: target.resourceType, index: undefined });
}

function pushChildren({ definitions, keysOf }: Compiler, { value, twin, type }: SliceItem, name: string, into: SliceItem[]): void {
  const isPrimitive = definitions.type(type)?.kind === 'primitive';
  const body = isPrimitive ? twin : value;
  if (!isObject(body)) return;
  const own = keysOf(type).get(name);
  for (const key of own?.keys ?? []) pushKey(body, key.key, key.twin, key.type, into);
  if (own === undefined) pushTyped({ definitions, keysOf }, body, type, name, into);
}

/** `valueQuantity` in a path. */
function pushTyped(
  { keysOf }: Pick<Compiler, 'definitions' | 'keysOf'>,
  body: JsonObject,
  type: string,
  name: string,
  into: SliceItem[],
): void {
  for (const { keys } of keysOf(type).values()) {
    const key = keys.find((one) => one.key === name);
    if (key !== undefined) pushKey(body, key.key, key.twin, key.type, into);
  }
}

function pushKey(body: JsonObject, key: string, twinKey: string | undefined, type: string, into: SliceItem[]): void {
  const value = body[key];
  const twin = twinKey === undefined ? undefined : body[twinKey];
  if (value === undefined && twin === undefined) return;
  const twins = Array.isArray(twin) ? (twin as unknown[]) : [twin];
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  for (let i = 0; i < Math.max(values.length, twins.length); i++) {
    const one = values[i] ?? undefined;
    const extra = twins[i];
    const actual = isObject(one) && typeof one['resourceType'] === 'string' ? one['resourceType'] : type;
    into.push({ value: one, twin: isObject(extra) ? extra : undefined, type: actual, index: undefined });
  }
}
