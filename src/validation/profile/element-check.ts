/**
 * The check of one value of an element: its type, what is wanted of it, and its children.
 * https://hl7.org/fhir/R4/elementdefinition.html
 */
import { isObject } from '../../fhir/resource.ts';
import { bindingCheck } from './binding-check.ts';
import { childrenCheck } from './children-check.ts';
import { allOf, type Compiler, isA, type ValueCheck } from './compiler.ts';
import type { ElementNode, NodeType, Wanted } from './element-node.ts';
import { difference, fitsWanted } from './fixed-value.ts';
import { invariantChecks } from './invariant-check.ts';
import { narrativeCheck } from './narrative-control.ts';
import { referenceCheck } from './reference-check.ts';
import { typeProfileCheck } from './type-profile-check.ts';
import { limitFault } from './value-limit.ts';

export function elementCheck(compiler: Compiler, node: ElementNode, type: string): ValueCheck | undefined {
  const allowed = typeOf(compiler, node, type);
  if (node.types !== undefined && allowed === undefined) return wrongType(node, type);
  return allOf([
    ...node.wanted.map(wantedCheck),
    valueCheck(compiler, node, type),
    narrativeCheck(node.narrative, type),
    lengthCheck(node),
    ...limitChecks(node),
    bindingCheck(compiler, node, type),
    allowed && typeProfileCheck(compiler, allowed, type),
    allowed && referenceCheck(compiler, node, allowed, type),
    childrenCheck(compiler, node, type),
    ...invariantChecks(compiler, node, type),
  ]);
}

/** The entry that the type falls under. */
const typeOf = ({ definitions }: Compiler, { types }: ElementNode, type: string): NodeType | undefined =>
  types?.find(({ code }) => code === type) ?? types?.find(({ code }) => isA(definitions, type, code));

function wrongType({ types, path }: ElementNode, type: string): ValueCheck {
  const codes = types?.map(({ code }) => code).join(', ');
  return (run) => run.add('error', 'structure', () => `The type ${type} is not allowed for ${path} by the profile; expected ${codes}`);
}

function wantedCheck(wanted: Wanted): ValueCheck {
  const fits = fitsWanted(wanted);
  return (run, value) => {
    if (fits(value)) return;
    const { steps, expected } = difference(wanted, value);
    for (const step of steps) run.enter(step);
    run.add('error', 'value', () => `Not the value that the ${wanted.kind} value of ${wanted.source} asks for; expected ${expected}`);
    for (const _ of steps) run.leave();
  };
}

/** A primitive with a value, or one of the extensions that may stand for it. */
function valueCheck({ definitions }: Compiler, { substitutes, path }: ElementNode, type: string): ValueCheck | undefined {
  if (substitutes === undefined || definitions.type(type)?.kind !== 'primitive') return undefined;
  const expected = substitutes.length === 0 ? 'a value' : `a value, or one of the extensions ${substitutes.join(', ')}`;
  const isOne = (one: unknown): boolean => isObject(one) && substitutes.includes(String(one['url']));
  return (run, value, twin) => {
    const extensions = twin?.['extension'];
    if (value !== undefined || (Array.isArray(extensions) && extensions.some(isOne))) return;
    run.add('error', 'required', () => `${path} has no value; expected ${expected}`);
  };
}

function lengthCheck({ maxLength }: ElementNode): ValueCheck | undefined {
  if (maxLength === undefined) return undefined;
  const { value: most, source } = maxLength;
  return (run, value) => {
    if (typeof value === 'string' && value.length > most)
      run.add('error', 'too-long', () => `There are ${value.length} characters; expected at most ${most} (${source})`);
  };
}

const limitChecks = ({ limits }: ElementNode): ValueCheck[] =>
  limits.map((limit) => {
    const faultOf = limitFault(limit);
    return (run, value) => {
      const fault = faultOf(value, run.now);
      if (fault !== undefined) run.add('error', 'value', () => `${fault} (${limit.source})`);
    };
  });
