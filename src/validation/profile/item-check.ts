/**
 * The check of one item of an element whose type is known from its property, or which is a resource and says what it is.
 * https://hl7.org/fhir/R4/json.html, https://hl7.org/fhir/R4/references.html#contained
 */
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Compiler, ValueCheck } from './compiler.ts';
import type { ElementNode } from './element-node.ts';

export function itemCheck(compiler: Compiler, node: ElementNode, type: string): ValueCheck | undefined {
  const isResource = compiler.definitions.type(type)?.kind === 'resource';
  return isResource ? resourceCheck(compiler, node, node.name === 'contained') : compiler.valueCheck(node, type);
}

/** A resource says of itself what it is. */
function resourceCheck(compiler: Compiler, node: ElementNode, isContained: boolean): ValueCheck | undefined {
  const isFree = node.types === undefined || node.types.every(({ code, profiles }) => code === 'Resource' && profiles.length === 0);
  if (isFree && node.children.size === 0 && node.invariants.size === 0 && node.wanted.length === 0) return undefined;
  return (run, value) => {
    if (!isObject(value) || typeof value['resourceType'] !== 'string') return;
    const type = value['resourceType'];
    if (!compiler.definitions.isResourceType(type)) return;
    const resource = value as Resource;
    const check = compiler.valueCheck(node, type);
    if (check !== undefined) run.within(resource, isContained ? run.rootResource : resource, () => check(run, value, undefined));
  };
}
