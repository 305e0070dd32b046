/**
 * Puts the constraints of one ElementDefinition onto a node of the constraint tree. What a profile says, its heirs can only narrow.
 * https://hl7.org/fhir/R4/elementdefinition.html, https://hl7.org/fhir/R4/profiling.html#limitations
 */
import type { JsonObject } from '../../fhir/resource.ts';
import type { Bound, ElementNode, Invariant, NodeType, Slicing } from './element-node.ts';
import { applyBinding } from './merge-binding.ts';
import { applyExtensions } from './merge-extension.ts';
import {
  choiceOf,
  listOf,
  type RawConstraint,
  type RawElement,
  type RawType,
  specifiedName,
  typeProfiles,
} from './structure-definition.ts';

export interface Layer {
  readonly source: string;
  /** Then it repeats what the base types say, which is checked already. */
  readonly isSnapshot: boolean;
}

export function applyElement(node: ElementNode, element: RawElement, layer: Layer): void {
  applyCardinality(node, element, layer.source);
  if (Array.isArray(element.type) && !isRoot(node)) node.types = typesFor(node, element.type);
  if (element.slicing !== undefined) node.slicing = mergedSlicing(node.slicing, element, layer.source);
  applyWanted(node, element, layer.source);
  applyLimits(node, element, layer.source);
  applyBinding(node, element);
  applyExtensions(node, element);
  if (element.isModifier !== undefined) node.isModifier = element.isModifier;
  for (const raw of listOf(element.constraint)) applyInvariant(node, raw, layer);
}

const isRoot = (node: ElementNode): boolean => node.parent === undefined;

function applyCardinality(node: ElementNode, { min, max }: RawElement, source: string): void {
  if (isRoot(node)) return;
  if (typeof min === 'number' && min > (node.min?.value ?? 0)) node.min = { value: min, source };
  if (typeof max !== 'string' || max === '*') return;
  const value = Number(max);
  if (Number.isInteger(value) && value < (node.max?.value ?? Number.POSITIVE_INFINITY)) node.max = { value, source };
}

const systemPrefix = 'http://hl7.org/fhirpath/System.';

/** Inline structures keep the type that is named after them; system types stand for what the base says. */
function typesFor(node: ElementNode, raw: readonly RawType[]): readonly NodeType[] | undefined {
  if (raw.length === 0 || raw.some(({ code }) => typeof code !== 'string' || code.startsWith(systemPrefix))) return node.types;
  const [inline] = node.baseTypes;
  if (inline === undefined || !node.baseTypes.every((code) => code.includes('.'))) return mergedTypes(raw);
  const profiled = raw.filter(({ profile }) => listOf(profile).length > 0);
  return profiled.length === 0 ? node.types : mergedTypes(profiled.map((type) => ({ ...type, code: inline })));
}

/** A type may be listed once for each of its profiles. */
function mergedTypes(raw: readonly RawType[]): NodeType[] {
  const types = new Map<string, NodeType>();
  for (const type of raw) {
    const { code, targetProfile, aggregation, versioning } = type;
    const known = types.get(code);
    types.set(code, {
      code,
      profiles: [...(known?.profiles ?? []), ...typeProfiles(type)],
      targets: [...(known?.targets ?? []), ...listOf(targetProfile)],
      aggregation: listOf(aggregation),
      versioning,
    });
  }
  return [...types.values()];
}

function mergedSlicing(known: Slicing | undefined, { slicing = {} }: RawElement, source: string): Slicing {
  const own = listOf(slicing.discriminator);
  return {
    discriminators: own.length > 0 ? own.map(({ type, path }) => ({ type, path: path ?? '$this' })) : (known?.discriminators ?? []),
    ordered: slicing.ordered ?? known?.ordered ?? false,
    rules: strictest(known?.rules, slicing.rules),
    source,
  };
}

/** SHALL: an heir cannot open what its base closed — profiling.html#slicing. */
const strictest = (base: Slicing['rules'] | undefined, own: Slicing['rules'] | undefined): Slicing['rules'] =>
  base === 'closed' || own === 'closed' ? 'closed' : (own ?? base ?? 'open');

function applyWanted(node: ElementNode, element: RawElement, source: string): void {
  for (const kind of ['fixed', 'pattern'] as const) {
    const found = choiceOf(element as JsonObject, kind);
    if (found === undefined) continue;
    const text = JSON.stringify(found[1]);
    const isKnown = node.wanted.some((one) => one.kind === kind && JSON.stringify(one.value) === text);
    if (!isKnown) node.wanted.push({ kind, value: found[1], source });
  }
}

function applyLimits(node: ElementNode, element: RawElement, source: string): void {
  if (typeof element.maxLength === 'number') node.maxLength = smaller(node.maxLength, { value: element.maxLength, source });
  for (const kind of ['min', 'max'] as const) {
    const found = choiceOf(element as JsonObject, `${kind}Value`);
    if (found !== undefined) node.limits.push({ kind, type: found[0], value: found[1], source });
  }
}

const smaller = (known: Bound | undefined, own: Bound): Bound => (known !== undefined && known.value <= own.value ? known : own);

const ofEveryElement = /^(ele|ext|dom)-\d+$/;

function applyInvariant(node: ElementNode, raw: RawConstraint, { source, isSnapshot }: Layer): void {
  const { key, expression, human } = raw;
  if (typeof key !== 'string' || typeof expression !== 'string') return;
  if (isSnapshot && isOfBase(node, raw)) return;
  const invariant: Invariant = {
    key,
    severity: raw.severity === 'warning' ? 'warning' : 'error',
    human: human ?? '',
    expression,
    source: raw.source ?? source,
  };
  node.invariants.set(key, invariant);
}

/** A snapshot repeats the invariants of the types. */
function isOfBase(node: ElementNode, { key = '', source }: RawConstraint): boolean {
  if (ofEveryElement.test(key)) return true;
  const name = source === undefined ? undefined : specifiedName(source);
  return name !== undefined && (node.baseTypes.includes(name) || node.path.split(/[.:]/)[0] === name || /^[A-Z]\w+$/.test(name));
}
