/**
 * Adds what a StructureDefinition says to a constraint tree, layer by layer from the base of the chain to the profile itself.
 * https://hl7.org/fhir/R4/profiling.html, https://hl7.org/fhir/R4/elementdefinition.html
 */
import type { Definitions, ElementDefinition } from '../../fhir/definitions.ts';
import { correctedElement } from './corrected-element.ts';
import { createNode, type ElementNode, typeCodes } from './element-node.ts';
import { type Step, stepsOf } from './element-path.ts';
import { applyElement } from './merge-element.ts';
import { differentialOf, type RawElement, type StructureDefinition, snapshotOf, sourceOf } from './structure-definition.ts';

/** `layers` from the one next to the base type to the profile itself. */
export function constraintTree(layers: readonly StructureDefinition[], type: string, definitions: Definitions): ElementNode {
  const root = createNode('', type, [type], undefined);
  for (const layer of layers) addLayer(root, layer, definitions);
  return root;
}

/** The node of an element id, such as `Composition.section:vitals.code`; undefined when there is none. */
export function nodeById(root: ElementNode, id: string): ElementNode | undefined {
  let node: ElementNode | undefined = root;
  for (const part of id.split('.').slice(1)) {
    const [name = '', slice] = part.split(':');
    node = node?.children.get(name.endsWith('[x]') ? name.slice(0, -3) : name);
    if (slice !== undefined) node = node?.slices.get(slice);
  }
  return node;
}

function addLayer(root: ElementNode, layer: StructureDefinition, definitions: Definitions): void {
  const differential = differentialOf(layer);
  const isSnapshot = differential.length === 0;
  const elements = isSnapshot ? snapshotOf(layer) : differential;
  const steps = stepsOf(elements);
  const source = sourceOf(layer);
  elements.forEach((element, i) => {
    const node = nodeAt(root, steps[i] ?? [], definitions);
    applyElement(node, correctedElement(layer.url, element), { source, isSnapshot });
    restrictByName(node, element, definitions);
  });
}

function nodeAt(root: ElementNode, steps: readonly Step[], definitions: Definitions): ElementNode {
  let node = root;
  for (const step of steps) node = stepInto(node, step, definitions);
  return node;
}

function stepInto(parent: ElementNode, { name, slice }: Step, definitions: Definitions): ElementNode {
  const isChoice = name.endsWith('[x]');
  const plain = isChoice ? name.slice(0, -3) : name;
  const short = isChoice ? undefined : shorthand(parent, plain, definitions);
  if (short !== undefined) return typeSlice(child(parent, short.element.name, definitions), plain, slice, short.type);
  const element = child(parent, plain, definitions);
  if (slice === undefined) return element;
  return isChoice || isChoiceElement(parent, plain, definitions) ? choiceSlice(element, slice, definitions) : sliceOf(element, slice);
}

/** `valueQuantity` where the element is `value[x]`. */
function shorthand(parent: ElementNode, name: string, definitions: Definitions): { element: ElementDefinition; type: string } | undefined {
  for (const code of typeCodes(parent)) {
    const property = definitions.properties(code).get(name);
    if (property?.element.choice === true && property.element.name !== name) return { element: property.element, type: property.type.code };
  }
  return undefined;
}

const elementOf = (parent: ElementNode, name: string, definitions: Definitions): ElementDefinition | undefined => {
  for (const code of typeCodes(parent)) {
    const found = definitions.type(code)?.elements.find((element) => element.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
};

const isChoiceElement = (parent: ElementNode, name: string, definitions: Definitions): boolean =>
  elementOf(parent, name, definitions)?.choice === true;

function child(parent: ElementNode, name: string, definitions: Definitions): ElementNode {
  const known = parent.children.get(name);
  if (known !== undefined) return known;
  const types = new Set<string>();
  for (const code of typeCodes(parent)) {
    const found = definitions.type(code)?.elements.find((element) => element.name === name);
    for (const type of found?.types ?? []) types.add(type.code);
  }
  const choice = isChoiceElement(parent, name, definitions);
  const node = createNode(name, `${parent.path}.${name}${choice ? '[x]' : ''}`, [...types], parent);
  parent.children.set(name, node);
  return node;
}

/** A slice, or with `a/b` the slice b of slice a where there is one. */
function sliceOf(element: ElementNode, name: string): ElementNode {
  const known = element.slices.get(name);
  if (known !== undefined) return known;
  const slash = name.lastIndexOf('/');
  const outer = slash > 0 ? existing(element, name.slice(0, slash)) : undefined;
  const owner = outer ?? element;
  const found = owner.slices.get(name);
  if (found !== undefined) return found;
  const node = createNode(element.name, `${element.path}:${name}`, typeCodes(element), owner, name);
  owner.slices.set(name, node);
  return node;
}

function existing(element: ElementNode, name: string): ElementNode | undefined {
  const known = element.slices.get(name);
  if (known !== undefined) return known;
  const slash = name.lastIndexOf('/');
  return slash > 0 ? existing(element, name.slice(0, slash))?.slices.get(name) : undefined;
}

const implied = { discriminators: [{ type: 'type' as const, path: '$this' }], ordered: false, rules: 'open' as const };

/** SHALL: slices of a choice go by the type — profiling.html#slicing. */
function choiceSlice(element: ElementNode, name: string, definitions: Definitions): ElementNode {
  const node = sliceOf(element, name);
  element.slicing ??= { ...implied, source: element.path };
  if (node.types === undefined) {
    const type = element.baseTypes.find((code) => name === `${element.name}${code.charAt(0).toUpperCase()}${code.slice(1)}`);
    if (type !== undefined && definitions.type(type) !== undefined) node.types = [plainType(type)];
  }
  return node;
}

function typeSlice(element: ElementNode, name: string, slice: string | undefined, type: string): ElementNode {
  const node = sliceOf(element, slice ?? name);
  element.slicing ??= { ...implied, source: element.path };
  node.types ??= [plainType(type)];
  return node;
}

const plainType = (code: string) => ({ code, profiles: [], targets: [], aggregation: [], versioning: undefined });

/** The shorthand with a type that names another one adds nothing: the name decides. */
function restrictByName(node: ElementNode, element: RawElement, definitions: Definitions): void {
  const last = element.path.slice(element.path.lastIndexOf('.') + 1);
  if (node.sliceName !== last || node.types === undefined || node.parent === undefined) return;
  const named = node.baseTypes.filter(
    (code) => last.toLowerCase() === `${node.name}${code}`.toLowerCase() && definitions.type(code) !== undefined,
  );
  if (named.length > 0) node.types = node.types.filter(({ code }) => named.includes(code));
}
