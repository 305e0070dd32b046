/**
 * The path of a FHIRPath Patch operation: plain paths are walked by the definitions, all others by the FHIRPath engine.
 * https://hl7.org/fhir/R4/fhirpatch.html#concept, https://hl7.org/fhir/R4/fhirpath.html
 */
import type { Definitions } from '../definitions.ts';
import { FhirPathError } from '../fhirpath/fault.ts';
import { type CompiledExpression, compileFhirPath } from '../fhirpath/fhirpath.ts';
import type { NodePlace } from '../fhirpath/item.ts';
import { parse } from '../fhirpath/parse.ts';
import type { Value } from '../fhirpath/value.ts';
import type { Resource } from '../resource.ts';
import { badPatch, unfit } from './patch.ts';
import { candidates, childrenOf, type Place, rootPlace, typeAt } from './place.ts';

/** Finds the elements that the path names in a resource; throws 422 when it names something that is no element of it. */
export type Locate = (resource: Resource) => Place[];

const longest = 2_000;

/** Reads a path. Throws 400 for text that is no FHIRPath. */
export function readElementPath(path: string, definitions: Definitions): Locate {
  if (path.length > longest) throw badPatch(`A path of more than ${longest} characters is not accepted.`);
  const plain = readPlainPath(path);
  return plain === undefined ? readByEngine(path, definitions) : (resource) => walk(definitions, resource, plain);
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

/** A path takes about a millisecond; the process has one thread for everybody. */
const limits = { steps: 500_000, milliseconds: 500 };

function readByEngine(path: string, definitions: Definitions): Locate {
  checkSyntax(path);
  const byType = new Map<string, CompiledExpression>();
  return (resource) => {
    const { resourceType: type } = resource;
    return evaluating(path, () => {
      const expression = byType.get(type) ?? compileFhirPath(path, { definitions, type, tracked: true });
      byType.set(type, expression);
      return expression.evaluate(resource, { limits });
    }).map((value) => placeOf(definitions, resource, value, path));
  };
}

function checkSyntax(path: string): void {
  try {
    parse(path);
  } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    throw badPatch(`"${path}" is no FHIRPath expression: ${error.message}`);
  }
}

function evaluating<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    throw unfit(`The path "${path}" cannot be evaluated: ${error.message}`);
  }
}

/** The place of a value, found again step by step from the resource. */
function placeOf(definitions: Definitions, resource: Resource, { place }: Value, path: string): Place {
  const steps: NodePlace[] = [];
  let at = place;
  for (; at?.parent !== undefined; at = at.parent.place) steps.unshift(at);
  // SHALL: the statement returns elements of the resource — fhirpatch.html#concept
  if (at === undefined) throw unfit(`The path "${path}" does not lead to elements of the resource.`);
  return steps.reduce((parent, step) => childAt(definitions, parent, step, path), rootPlace(resource));
}

function childAt(definitions: Definitions, parent: Place, { key, name, index }: NodePlace, path: string): Place {
  const found = childrenOf(definitions, parent, name).find((child) => child.key === key && child.index === index);
  if (found === undefined) throw unfit(`The path "${path}" leads to "${name}", which is no element of ${typeAt(parent)}.`);
  return found;
}
