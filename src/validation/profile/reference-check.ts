/**
 * References in profiles: what they may lead to, where that may stand, and whether a version is named.
 * https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.targetProfile
 */
import { parseReference } from '../../fhir/reference.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';
import type { CheckRun } from './check-run.ts';
import type { Compiler, ValueCheck } from './compiler.ts';
import { type ElementNode, type NodeType, typeCodes } from './element-node.ts';
import type { Profile } from './profile.ts';
import { specifiedName } from './structure-definition.ts';

/** One target profile; a type of the specification has no profile. */
export interface Target {
  readonly canonical: string;
  /** Undefined when the profile is not known. */
  readonly type: string | undefined;
  readonly profile: Profile | undefined;
}

export function targetsOf(compiler: Compiler, { targets }: NodeType): Target[] {
  return targets.map((canonical) => {
    const name = specifiedName(canonical);
    if (name !== undefined && compiler.definitions.type(name) !== undefined) return { canonical, type: name, profile: undefined };
    const profile = compiler.profile(canonical);
    return { canonical, type: profile?.type, profile };
  });
}

export function referenceCheck(compiler: Compiler, node: ElementNode, nodeType: NodeType, type: string): ValueCheck | undefined {
  if (type !== 'Reference') return undefined;
  const targets = isOfBase(compiler, node, nodeType) ? [] : targetsOf(compiler, nodeType);
  const { aggregation, versioning } = nodeType;
  const quick = quickFit(targets);
  const isVersioned = versioning === 'specific' ? true : versioning === 'independent' ? false : undefined;
  const isPlain = aggregation.length === 0 && isVersioned === undefined;
  if (targets.length === 0 && isPlain) return undefined;
  return (run, value) => {
    if (!isObject(value)) return;
    const text = typeof value['reference'] === 'string' ? value['reference'] : undefined;
    if (isPlain && text !== undefined && quick(text) && run.surroundings.root.resourceType !== 'Bundle') return;
    const target = text === undefined ? undefined : resolved(run, text);
    if (text !== undefined && aggregation.length > 0) checkAggregation(run, text, target, aggregation);
    if (text !== undefined && isVersioned !== undefined) checkVersion(run, text, isVersioned);
    if (targets.length === 0) return;
    if (target !== undefined) checkTarget(run, target, targets);
    else checkNamedType(compiler, run, value, targets);
  };
}

/** A relative reference to one of the types; what it leads to is not around, outside of a Bundle. */
function quickFit(targets: readonly Target[]): (text: string) => boolean {
  const beginnings = targets.flatMap(({ type }) => (type === undefined ? [] : [`${type}/`]));
  return (text) => beginnings.some((beginning) => text.startsWith(beginning));
}

/** What the base type allows is checked with the base type. */
function isOfBase({ definitions }: Compiler, { name, parent }: ElementNode, { targets }: NodeType): boolean {
  const own = targets.map((canonical) => specifiedName(canonical));
  if (parent === undefined || own.includes(undefined)) return false;
  return typeCodes(parent).some((code) => {
    const base = definitions.type(code)?.elements.find((element) => element.name === name);
    const allowed = base?.types.find((type) => type.code === 'Reference')?.targets;
    return base !== undefined && (allowed === undefined ? own.includes('Resource') : allowed.every((one) => own.includes(one)));
  });
}

/** The resource that a reference leads to, as far as it is around; from a Bundle, what it means in one of the entries. */
export function resolved(run: CheckRun, reference: string): Resource | undefined {
  const found = run.surroundings.resolve(reference, run.resource);
  const { entry } = run.resource;
  if (found !== undefined || run.resource.resourceType !== 'Bundle' || !Array.isArray(entry)) return found;
  const isInside = reference.startsWith('#');
  for (const one of (entry as unknown[]).slice(0, isInside ? mostEntries : 1)) {
    const resource = isObject(one) && isObject(one['resource']) ? (one['resource'] as Resource) : undefined;
    const inner = resource && run.surroundings.resolve(reference, resource);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** Entries in which a contained resource is looked for from outside of them. */
const mostEntries = 1000;

// SHALL: contained, referenced or bundled as listed — elementdefinition-definitions.html#ElementDefinition.type.aggregation
function checkAggregation(run: CheckRun, text: string, target: Resource | undefined, modes: readonly string[]): void {
  const mode = text.startsWith('#')
    ? 'contained'
    : target !== undefined && run.surroundings.root.resourceType === 'Bundle'
      ? 'bundled'
      : 'referenced';
  if (modes.includes(mode) || (mode === 'bundled' && modes.includes('referenced'))) return;
  run.add('error', 'structure', () => `The reference is ${mode}; expected one that is ${modes.join(' or ')}`);
}

function checkVersion(run: CheckRun, text: string, isVersioned: boolean): void {
  if (text.includes('/_history/') === isVersioned || text.startsWith('#')) return;
  const expected = isVersioned ? 'expected one to a version (Type/id/_history/version)' : 'expected one without a version';
  run.add('error', 'structure', () => `The reference ${isVersioned ? 'names no version' : 'names a version'}; ${expected}`);
}

const namesOf = (targets: readonly Target[]): string => targets.map(({ canonical }) => canonical).join(', ');

function checkTarget(run: CheckRun, target: Resource, targets: readonly Target[]): void {
  const type = target.resourceType;
  const open = targets.filter((one) => one.type === undefined);
  const fitting = targets.filter((one) => one.type === type || one.type === 'Resource' || one.type === 'DomainResource');
  if (fitting.length === 0) return noFit(run, type, targets, open);
  const faults: string[] = [];
  for (const { profile, canonical } of fitting) {
    const outcome = profile === undefined ? true : profile.conforms(run, target, type);
    if (outcome === true) return;
    faults.push(`${canonical} (${outcome})`);
  }
  run.add('error', 'structure', () => `The ${type} that is referred to conforms to none of the profiles expected: ${faults.join('; ')}`);
}

function noFit(run: CheckRun, type: string, targets: readonly Target[], open: readonly Target[]): void {
  if (open.length === 0)
    run.add('error', 'structure', () => `The reference leads to a resource of type ${type}; expected one of ${namesOf(targets)}`);
  else
    run.add(
      'error',
      'not-found',
      () => `The profiles of which the target is to be are not known: ${namesOf(open)}; expected some that are loaded`,
    );
}

/** Of a target that is elsewhere only the type can be told. */
function checkNamedType({ definitions }: Compiler, run: CheckRun, value: JsonObject, targets: readonly Target[]): void {
  const type = namedType(value, definitions.isResourceType);
  const isAny = targets.some((one) => one.type === undefined || one.type === 'Resource' || one.type === 'DomainResource');
  if (type === undefined || isAny || targets.some((one) => one.type === type)) return;
  run.add('error', 'structure', () => `The reference is to a ${type}; expected one of ${namesOf(targets)}`);
}

/** The type that a reference names without being followed. */
export function namedType(value: JsonObject, isResourceType: (name: string) => boolean): string | undefined {
  const { reference, type } = value;
  const literal = typeof reference === 'string' ? parseReference(reference, isResourceType) : undefined;
  if (literal !== undefined && 'type' in literal) return literal.type;
  return typeof type === 'string' && isResourceType(type) ? type : undefined;
}
