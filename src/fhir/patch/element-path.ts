/**
 * The path of a FHIRPath Patch operation: plain paths are walked by the definitions, all others by the FHIRPath engine.
 * https://hl7.org/fhir/R4/fhirpatch.html#concept, https://hl7.org/fhir/R4/fhirpath.html
 */
import type { ResourceNode } from 'fhirpath';
import type { Definitions } from '../definitions.ts';
import { FhirError } from '../outcome.ts';
import type { Resource } from '../resource.ts';
import { badPatch, unfit } from './patch.ts';
import { candidates, childrenOf, type Place, rootPlace, typeAt } from './place.ts';
import { withinTime } from './time-limit.ts';

/** Finds the elements that the path names in a resource; throws 422 when it names something that is no element of it. */
export type Locate = (resource: Resource) => Place[];

const longest = 2_000;

/** Reads a path; the engine is loaded only for one that is not plain (it costs 20 MB). Throws 400 for text that is no FHIRPath. */
export async function readElementPath(path: string, definitions: Definitions): Promise<Locate> {
  if (path.length > longest) throw badPatch(`A path of more than ${longest} characters is not accepted.`);
  const plain = readPlainPath(path);
  return plain === undefined ? await readByEngine(path, definitions) : (resource) => walk(definitions, resource, plain);
}

interface Segment {
  readonly name: string;
  readonly index?: number;
}

const plainPath = /^[A-Za-z]+(?:\[\d{1,9}\])?(?:\.[a-z][A-Za-z]*(?:\[\d{1,9}\])?)*$/;

/** `Patient.contact[0].name`, with or without the type in front; undefined for any other form. */
function readPlainPath(path: string): Segment[] | undefined {
  if (!plainPath.test(path)) return undefined;
  return path.split('.').map((text) => {
    const bracket = text.indexOf('[');
    return bracket < 0 ? { name: text } : { name: text.slice(0, bracket), index: Number(text.slice(bracket + 1, -1)) };
  });
}

function walk(definitions: Definitions, resource: Resource, segments: readonly Segment[]): Place[] {
  let places = [rootPlace(resource)];
  segments.forEach((segment, i) => {
    const { name, index } = segment;
    if (i > 0 || !/^[A-Z]/.test(name)) places = places.flatMap((place) => knownChildren(definitions, place, name));
    else if (!isTypeOf(definitions, resource.resourceType, name))
      throw unfit(`The path starts with ${name}, but the resource is a ${resource.resourceType}.`);
    if (index !== undefined) places = places.slice(index, index + 1);
  });
  return places;
}

/** A resource may be named by its own type or by one that it derives from. */
function isTypeOf(definitions: Definitions, type: string, name: string): boolean {
  return type === name || name === 'Resource' || (name === 'DomainResource' && definitions.properties(type).has('contained'));
}

function knownChildren(definitions: Definitions, place: Place, name: string): Place[] {
  const type = typeAt(place);
  if (candidates(definitions, type, name).length === 0) throw unfit(`${type} has no element "${name}".`);
  return childrenOf(definitions, place, name);
}

/** Functions that would let a client keep the processor busy with one expression, however their call is written. */
const regular = /\b(matches|matchesFull|replaceMatches)\b(?=`|\s*(?:\(|\/[/*]))/;

async function readByEngine(path: string, definitions: Definitions): Promise<Locate> {
  if (regular.test(path)) throw badPatch('The path of a patch cannot use regular expressions: compare with = or startsWith().');
  const [{ default: fhirpath }, { default: model }] = await Promise.all([import('fhirpath'), import('fhirpath/fhir-context/r4')]);
  let evaluate: (resource: Resource) => unknown;
  try {
    evaluate = withinTime(() => fhirpath.compile(path, model, { resolveInternalTypes: false, traceFn: () => {} }));
  } catch (error) {
    if (error instanceof FhirError) throw error;
    throw badPatch(`"${path}" is no FHIRPath expression: ${messageOf(error)}`);
  }
  return (resource) => run(evaluate, resource, path).map((node) => placeOf(definitions, resource, node, path));
}

function run(evaluate: (resource: Resource) => unknown, resource: Resource, path: string): unknown[] {
  let found: unknown;
  try {
    found = withinTime(() => evaluate(resource));
  } catch (error) {
    if (error instanceof FhirError) throw error;
    throw unfit(`The path "${path}" cannot be evaluated: ${messageOf(error)}`);
  }
  return Array.isArray(found) ? found : [];
}

const messageOf = (error: unknown): string => String(error instanceof Error ? error.message : error).slice(0, 200);

/** The place of a node of the engine, found again step by step from the resource. */
function placeOf(definitions: Definitions, resource: Resource, node: unknown, path: string): Place {
  const steps: ResourceNode[] = [];
  let at = node as ResourceNode | null;
  for (; at?.parentResNode; at = at.parentResNode) steps.unshift(at);
  // SHALL: the statement returns elements of the resource — fhirpatch.html#concept
  if (at?.data !== resource) throw unfit(`The path "${path}" does not lead to elements of the resource.`);
  return steps.reduce((parent, step) => childAt(definitions, parent, step, path), rootPlace(resource));
}

function childAt(definitions: Definitions, parent: Place, step: ResourceNode, path: string): Place {
  const { propName, index } = step as ResourceNode & { propName: string; index: number | null };
  const found = childrenOf(definitions, parent, propName).find((child) => (child.index ?? null) === index);
  if (found === undefined) throw unfit(`The path "${path}" leads to "${propName}", which is no element of ${typeAt(parent)}.`);
  return found;
}
