/**
 * Discriminators: whether an item falls into a slice.
 * https://hl7.org/fhir/R4/profiling.html#discriminator
 */
import { isObject } from '../../fhir/resource.ts';
import { isMember } from './binding-check.ts';
import type { CheckRun } from './check-run.ts';
import { type Compiler, isA } from './compiler.ts';
import { profilesOf, requiredSlices, type Spot, spotsAt, urlsOf, withProfiles } from './discriminated.ts';
import { itself, type PathStep, parsePath, type Select, selectOf } from './discriminator-path.ts';
import { type Discriminator, type ElementNode, type Slicing, typeCodes } from './element-node.ts';
import { fitsWanted, patternFits } from './fixed-value.ts';
import { namedType } from './reference-check.ts';
import type { Matcher, SliceItem } from './slice-item.ts';

/** Without anything that discriminates, an item falls into the slice when it is all that the slice asks for. */
export function matcherOf(compiler: Compiler, slice: ElementNode, { discriminators }: Slicing): Matcher {
  const matchers = discriminators.map((one) => discriminatorMatcher(compiler, slice, one)).filter((one) => one !== undefined);
  const [first] = matchers;
  if (first === undefined) return conformance(compiler, slice);
  return matchers.length === 1 ? first : (run, item) => matchers.every((matches) => matches(run, item));
}

const conformance =
  (compiler: Compiler, slice: ElementNode): Matcher =>
  (run, item) =>
    conformsTo(compiler, slice, run, item);

function conformsTo(compiler: Compiler, node: ElementNode, run: CheckRun, { value, twin, type }: SliceItem): boolean {
  const check = compiler.valueCheck(node, type);
  return check === undefined || run.attempt(() => check(run, value, twin)) === true;
}

/** Undefined when the slice says nothing at the path. */
function discriminatorMatcher(compiler: Compiler, slice: ElementNode, { type, path }: Discriminator): Matcher | undefined {
  const steps = parsePath(path);
  if (steps === undefined) return undefined;
  if (isUrl(slice, steps)) return urlMatcher(compiler, slice);
  const spots = spotsAt(compiler, slice, steps);
  if (type === 'exists') return existsMatcher(compiler, spots, selectOf(compiler, steps));
  if (type === 'type') return typeMatcher(compiler, spots, steps);
  if (type === 'profile') return profileMatcher(compiler, spots, steps);
  return type === 'position' ? undefined : valueMatcher(compiler, spots, selectOf(compiler, steps));
}

const isUrl = (slice: ElementNode, steps: readonly PathStep[]): boolean =>
  steps.length === 1 && steps[0]?.kind === 'child' && steps[0].name === 'url' && typeCodes(slice).every((code) => code === 'Extension');

function urlMatcher(compiler: Compiler, slice: ElementNode): Matcher | undefined {
  const urls = urlsOf(compiler, slice);
  const [only] = urls;
  if (only === undefined) return undefined;
  if (urls.length === 1) return (_run, { value }) => isObject(value) && value['url'] === only;
  return (_run, { value }) => isObject(value) && typeof value['url'] === 'string' && urls.includes(value['url']);
}

/** Whether any value at the path meets one of the alternatives. */
function some(select: Select, alternatives: readonly Matcher[]): Matcher | undefined {
  const [only] = alternatives;
  if (only === undefined) return undefined;
  const matches: Matcher = alternatives.length === 1 ? only : (run, item) => alternatives.some((one) => one(run, item));
  if (select === itself) return matches;
  return (run, item) => {
    for (const one of select(run, item)) if (matches(run, one)) return true;
    return false;
  };
}

function existsMatcher({ keysOf }: Compiler, spots: readonly Spot[], select: Select): Matcher | undefined {
  const nodes = spots.flatMap((spot) => spot.nodes);
  if (nodes.some(({ max }) => max?.value === 0)) return (run, item) => select(run, item).length === 0;
  const isRequired = nodes.some((node) => (node.min?.value ?? 0) > 0 || baseMin(keysOf, node) > 0 || node.wanted.length > 0);
  return isRequired ? (run, item) => select(run, item).length > 0 : undefined;
}

function baseMin(keysOf: Compiler['keysOf'], { name, parent }: ElementNode): number {
  if (parent === undefined) return 0;
  return Math.min(...typeCodes(parent).map((code) => keysOf(code).get(name)?.min ?? 0));
}

function typeMatcher(compiler: Compiler, spots: readonly Spot[], steps: readonly PathStep[]): Matcher | undefined {
  const types = new Set(spots.flatMap((spot) => typesAt(compiler, spot)));
  if (types.size === 0) return undefined;
  const { definitions } = compiler;
  const isWanted = (type: string): boolean => types.has(type) || [...types].some((one) => isA(definitions, type, one));
  if (steps.at(-1)?.kind !== 'resolve') return some(selectOf(compiler, steps), [(_run, { type }) => isWanted(type)]);
  const references = selectOf(compiler, steps.slice(0, -1));
  const targets = selectOf(compiler, [{ kind: 'resolve' }]);
  return (run, item) => references(run, item).some((one) => isWanted(targetType(compiler, targets(run, one)[0], one) ?? ''));
}

/** Of a target that is elsewhere the type that its reference names. */
function targetType({ definitions }: Compiler, target: SliceItem | undefined, { value }: SliceItem): string | undefined {
  if (target !== undefined) return target.type;
  return isObject(value) ? namedType(value, definitions.isResourceType) : undefined;
}

function typesAt(compiler: Compiler, spot: Spot): readonly string[] {
  if (spot.target !== undefined) return spot.target.type === undefined ? [] : [spot.target.type];
  const types = spot.nodes.flatMap((node) => node.types ?? []).filter(({ code }) => code !== 'Resource');
  return types.length > 0 ? types.map(({ code }) => code) : profilesOf(compiler, spot).map(({ type }) => type);
}

function profileMatcher(compiler: Compiler, spots: readonly Spot[], steps: readonly PathStep[]): Matcher | undefined {
  const targets = spots.flatMap(({ target }) => (target === undefined ? [] : [target]));
  const profiles = [
    ...spots.flatMap((spot) => (spot.target === undefined ? profilesOf(compiler, spot) : [])),
    ...targets.flatMap(({ profile }) => profile ?? []),
  ];
  const types = targets.flatMap(({ profile, type }) => (profile === undefined && type !== undefined ? [type] : []));
  const conforms = profiles.map(
    (profile): Matcher =>
      (run, { value, type }) =>
        isObject(value) && profile.conforms(run, value, type) === true,
  );
  const byType = types.map(
    (wanted): Matcher =>
      (_run, { type }) =>
        isA(compiler.definitions, type, wanted),
  );
  return some(selectOf(compiler, steps), [...conforms, ...byType]) ?? typeMatcher(compiler, spots, steps);
}

function valueMatcher(compiler: Compiler, spots: readonly Spot[], select: Select): Matcher | undefined {
  const alternatives = spots.flatMap((spot) => withProfiles(compiler, spot)).flatMap((spot) => condition(compiler, spot) ?? []);
  const values = some(select, alternatives);
  if (values !== undefined) return values;
  const nodes = spots.flatMap((spot) => spot.nodes);
  if (nodes.some(({ max }) => max?.value === 0)) return (run, item) => select(run, item).length === 0;
  if (nodes.some(({ min }) => (min?.value ?? 0) > 0)) return (run, item) => select(run, item).length > 0;
  return undefined;
}

/** What the place asks of a value; undefined when that is nothing. */
function condition(compiler: Compiler, { nodes, implied }: Spot): Matcher | undefined {
  const values = implied.map(patternFits).map(
    (fits): Matcher =>
      (_run, { value }) =>
        fits(value),
  );
  return every([...values, ...nodes.flatMap((node) => nodeCondition(compiler, node) ?? [])]);
}

const every = (matchers: readonly Matcher[]): Matcher | undefined => {
  const [first] = matchers;
  if (first === undefined || matchers.length === 1) return first;
  return (run, item) => matchers.every((matches) => matches(run, item));
};

/** Fixed and pattern values of an element and of what stands below it; a required binding where there is none. */
function nodeCondition(compiler: Compiler, node: ElementNode): Matcher | undefined {
  const own = node.wanted.map(fitsWanted).map(
    (fits): Matcher =>
      (_run, { value }) =>
        fits(value),
  );
  const below = [...node.children.values()].flatMap((child) => childCondition(compiler, child) ?? []);
  return every([...own, ...below]) ?? bindingCondition(node);
}

function childCondition(compiler: Compiler, child: ElementNode): Matcher | undefined {
  const select = selectOf(compiler, [{ kind: 'child', name: child.name }]);
  const own = nodeCondition(compiler, child);
  const slices = requiredSlices(child).flatMap((slice) => nodeCondition(compiler, slice) ?? []);
  return every([...(own === undefined ? [] : [own]), ...slices].flatMap((one) => some(select, [one]) ?? []));
}

function bindingCondition({ binding }: ElementNode): Matcher | undefined {
  if (binding?.valueSet === undefined || binding.strength !== 'required') return undefined;
  const { valueSet } = binding;
  return (run, { value, type }) => {
    const answer = isMember(run, value, type, valueSet);
    if (answer === undefined) run.unknowns++;
    return answer ?? run.isLenient;
  };
}
