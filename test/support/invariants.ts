/** The published invariants of R4 and the elements of resources that they are about. https://hl7.org/fhir/R4/conformance-rules.html#constraints */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Definitions } from '../../src/fhir/definitions.ts';
import { isObject, type JsonObject, type Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';

export interface Invariant {
  readonly key: string;
  readonly expression: string;
}

export const examplesFolder = projectFile('node_modules', 'hl7.fhir.r4.examples');

interface Structure {
  readonly type: string;
  readonly derivation?: string;
  readonly kind: string;
  readonly snapshot: { readonly element: readonly { readonly path: string; readonly constraint?: readonly Partial<Invariant>[] }[] };
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(examplesFolder, name), 'utf8')) as T;

/** By type: `Patient`, `HumanName`, `Patient.contact`. */
export function readInvariants(definitions: Definitions): ReadonlyMap<string, readonly Invariant[]> {
  const names = readdirSync(examplesFolder).filter((name) => /^StructureDefinition-\w+\.json$/.test(name));
  const structures = names
    .map((name) => read<Structure>(name))
    .filter(({ derivation, kind }) => derivation !== 'constraint' && kind !== 'logical');
  const found = new Map<string, Invariant[]>();
  for (const { snapshot } of structures) {
    for (const { path, constraint = [] } of snapshot.element) {
      if (definitions.type(path) === undefined) continue;
      found.set(
        path,
        constraint.flatMap(({ key, expression }) => (key === undefined || expression === undefined ? [] : [{ key, expression }])),
      );
    }
  }
  return found;
}

export interface Element {
  readonly type: string;
  readonly value: JsonObject;
  readonly resource: JsonObject;
  readonly rootResource: JsonObject;
}

/** Every structure in a resource, itself first. */
export function elementsOf(resource: JsonObject, definitions: Definitions): Element[] {
  const found: Element[] = [];
  const visit = (value: JsonObject, type: string, owner: JsonObject, root: JsonObject): void => {
    const isResource = definitions.type(type)?.kind === 'resource';
    const actual = isResource ? String(value['resourceType']) : type;
    const own = isResource ? value : owner;
    found.push({ type: actual, value, resource: own, rootResource: root });
    for (const [key, property] of definitions.properties(actual)) {
      const children = value[key];
      if (children === undefined) continue;
      // A resource in a Bundle is a root of its own, one that is contained is not.
      const isRoot = property.type.code === 'Resource' && key !== 'contained';
      for (const child of Array.isArray(children) ? children : [children])
        if (isObject(child)) visit(child, property.type.code, own, isRoot ? child : root);
    }
  };
  visit(resource, String(resource['resourceType']), resource, resource);
  return found;
}

/** Example resources; `step` takes every so manieth. */
export function readExamples(definitions: Definitions, step = 1): Resource[] {
  const names = readdirSync(examplesFolder).filter((name) => name.endsWith('.json') && name !== 'package.json');
  return names
    .filter((_, i) => i % step === 0)
    .map((name) => read<Resource>(name))
    .filter(({ resourceType }) => definitions.isResourceType(resourceType));
}
