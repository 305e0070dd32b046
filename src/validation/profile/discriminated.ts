/**
 * What a profile says at the end of a discriminator's path, in the slice, in the profiles of its types, and in those of reference targets.
 * https://hl7.org/fhir/R4/profiling.html#discriminator
 */
import { isObject } from '../../fhir/resource.ts';
import type { Compiler } from './compiler.ts';
import type { PathStep } from './discriminator-path.ts';
import { type ElementNode, generals } from './element-node.ts';
import type { Profile } from './profile.ts';
import { targetsOf } from './reference-check.ts';
import { bareCanonical } from './structure-definition.ts';

/** One way to read the place: all of it holds together. */
export interface Spot {
  readonly nodes: readonly ElementNode[];
  /** Values that a fixed or pattern value further up asks for here. */
  readonly implied: readonly unknown[];
  /** At the target of a reference: its type, and the profile it is to conform to. */
  readonly target?: { readonly type: string | undefined; readonly profile: Profile | undefined };
}

/** Several spots are alternatives. */
export function spotsAt(compiler: Compiler, slice: ElementNode, steps: readonly PathStep[]): readonly Spot[] {
  let spots: readonly Spot[] = [
    { nodes: [slice, ...generals(slice).filter(({ sliceName }) => sliceName === slice.sliceName)], implied: [] },
  ];
  for (const step of steps) spots = spots.flatMap((spot) => follow(compiler, spot, step));
  return spots;
}

function follow(compiler: Compiler, spot: Spot, step: PathStep): readonly Spot[] {
  if (step.kind === 'child') return withProfiles(compiler, spot).flatMap((one) => childSpots(one, step.name));
  if (step.kind === 'extension') return withProfiles(compiler, spot).flatMap((one) => extensionSpots(compiler, one, step.url));
  if (step.kind === 'resolve') return targetSpots(compiler, spot);
  return [{ ...spot, nodes: spot.nodes.flatMap((node) => [node, ...typeSlices(node, step.type)]) }];
}

const typeSlices = (node: ElementNode, type: string): ElementNode[] =>
  [...node.slices.values()].filter(({ types }) => types?.some(({ code }) => code === type) === true);

/** Together with the profiles of its types: one spot for each, for the value conforms to one of them. */
export function withProfiles(compiler: Compiler, spot: Spot): readonly Spot[] {
  const profiles = profilesOf(compiler, spot);
  return profiles.length === 0 ? [spot] : profiles.map((profile) => ({ ...spot, nodes: [...spot.nodes, profile.tree] }));
}

/** Profiles on the types of the place. */
export const profilesOf = (compiler: Compiler, { nodes }: Spot): Profile[] => {
  const canonicals = new Set(nodes.flatMap(({ types }) => types ?? []).flatMap(({ profiles }) => profiles));
  return [...canonicals].map((canonical) => compiler.profile(canonical)).filter((one) => one !== undefined);
};

function childSpots({ nodes, implied }: Spot, name: string): readonly Spot[] {
  const plain = name.endsWith('[x]') ? name.slice(0, -3) : name;
  const found = nodes.flatMap((node) => node.children.get(plain) ?? shorthand(node, plain));
  const values = [...implied, ...nodes.flatMap(({ wanted }) => wanted.map(({ value }) => value))];
  const inner = values.flatMap((value) => (isObject(value) ? itemsOf(value[plain]) : []));
  const needed = found.flatMap(decisiveSlices);
  if (needed.length === 0) return [{ nodes: found, implied: inner }];
  return needed.map((slice) => ({ nodes: [...found, slice], implied: inner }));
}

/** Slices without which the element cannot be. */
export const requiredSlices = ({ slices }: ElementNode): ElementNode[] => [...slices.values()].filter(({ min }) => (min?.value ?? 0) > 0);

/** A choice is decided by the types that it is sliced into. */
const decisiveSlices = (node: ElementNode): ElementNode[] =>
  node.types === undefined && node.path.endsWith('[x]') ? [...node.slices.values()] : requiredSlices(node);

const shorthand = (node: ElementNode, name: string): ElementNode[] =>
  [...node.children.values()].filter((child) => name.startsWith(child.name)).flatMap((child) => child.slices.get(name) ?? []);

const itemsOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]);

function extensionSpots(compiler: Compiler, { nodes }: Spot, url: string): readonly Spot[] {
  const slices = nodes.flatMap((node) => [...(node.children.get('extension')?.slices.values() ?? [])]);
  return [{ nodes: slices.filter((slice) => urlsOf(compiler, slice).includes(url)), implied: [] }];
}

/** Urls of the extensions that a slice of `extension` stands for. */
export function urlsOf(compiler: Compiler, slice: ElementNode): readonly string[] {
  const all = [slice, ...generals(slice).filter(({ sliceName }) => sliceName === slice.sliceName)];
  const fixed = all.flatMap((node) => node.children.get('url')?.wanted.map(({ value }) => String(value)) ?? []);
  if (fixed.length > 0) return fixed;
  return all
    .flatMap(({ types }) => types ?? [])
    .flatMap(({ profiles }) => profiles)
    .map((canonical) => urlOf(compiler.profile(canonical)) ?? bareCanonical(canonical));
}

const urlOf = (profile: Profile | undefined): string | undefined => {
  const value = profile?.tree.children.get('url')?.wanted[0]?.value;
  return typeof value === 'string' ? value : undefined;
};

function targetSpots(compiler: Compiler, { nodes }: Spot): readonly Spot[] {
  const types = nodes.flatMap((node) => node.types ?? []).filter(({ code }) => code === 'Reference' || code === 'canonical');
  return types
    .flatMap((type) => targetsOf(compiler, type))
    .map(({ type, profile }) => ({ nodes: profile === undefined ? [] : [profile.tree], implied: [], target: { type, profile } }));
}
