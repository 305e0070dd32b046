/**
 * Bindings of profiles: what can be answered at once is, the rest becomes a question.
 * https://hl7.org/fhir/R4/terminologies.html#strength, https://hl7.org/fhir/R4/extension-elementdefinition-maxvalueset.html
 */
import { Value } from '../../fhir/fhirpath/value.ts';
import { isObject } from '../../fhir/resource.ts';
import type { CheckRun } from './check-run.ts';
import { allOf, type Compiler, type ValueCheck } from './compiler.ts';
import { type ElementNode, type NodeBinding, typeCodes } from './element-node.ts';
import { bareCanonical } from './structure-definition.ts';

const quantityTypes = new Set(['Quantity', 'Age', 'Count', 'Distance', 'Duration']);
const codedTypes = new Set(['code', 'Coding', 'CodeableConcept', 'string', 'uri', 'url', 'canonical', 'Money', ...quantityTypes]);

export function bindingCheck(compiler: Compiler, node: ElementNode, type: string): ValueCheck | undefined {
  const { binding } = node;
  if (binding === undefined || !codedTypes.has(type)) return undefined;
  return allOf(questionsOf(compiler, node, binding).map((asked) => question(compiler, { ...asked, type })));
}

function questionsOf(compiler: Compiler, node: ElementNode, binding: NodeBinding): Omit<Asked, 'type'>[] {
  const { valueSet, maximum, strength, additional } = binding;
  const isAsked = valueSet !== undefined && strength !== 'example' && !isOfBase(compiler, node, binding);
  return [
    ...(isAsked ? [{ valueSet, strength, isMaximum: false }] : []),
    ...(maximum === undefined ? [] : [greatest(maximum)]),
    ...additional.map(({ purpose, valueSet: set }) =>
      purpose === 'maximum' ? greatest(set) : { valueSet: set, strength: purpose, isMaximum: false },
    ),
  ];
}

const greatest = (valueSet: string): Omit<Asked, 'type'> => ({ valueSet, strength: 'required', isMaximum: true });

/** What the base type says is asked when the base type is checked. */
function isOfBase({ definitions }: Compiler, { name, parent }: ElementNode, { valueSet = '', strength }: NodeBinding): boolean {
  if (parent === undefined) return false;
  return typeCodes(parent).some((code) => {
    const binding = definitions.type(code)?.elements.find((element) => element.name === name)?.binding;
    return binding?.strength === strength && binding.valueSet === bareCanonical(valueSet);
  });
}

interface Asked {
  readonly valueSet: string;
  readonly strength: NodeBinding['strength'];
  readonly type: string;
  readonly isMaximum: boolean;
}

function question({ definitions }: Compiler, asked: Asked): ValueCheck {
  const { valueSet, strength, type } = asked;
  const isQuantity = quantityTypes.has(type);
  const codes = type === 'code' ? definitions.codes(bareCanonical(valueSet)) : undefined;
  return (run, value) => {
    if (value === undefined || value === null || (typeof value === 'string' && codes?.has(value) === true)) return;
    if (isQuantity && isUncoded(value)) return;
    if (!run.isTrial) run.ask({ ...asked, value });
    else if (strength === 'required') tryMember(run, value, asked);
  };
}

/** What is not known is let through. */
function tryMember(run: CheckRun, value: unknown, { type, valueSet }: Asked): void {
  const answer = isMember(run, value, type, valueSet);
  if (answer === undefined) run.unknowns++;
  if (answer === false) run.add('error', 'code-invalid', () => `The code is not in the value set ${valueSet}, from which one is required`);
}

/** A quantity may go without a unit: a profile that wants one makes the code required. */
const isUncoded = (value: unknown): boolean => isObject(value) && value['code'] === undefined;

/** Undefined as long as it is not known. */
export const isMember = (run: CheckRun, value: unknown, type: string, valueSet: string): boolean | undefined =>
  run.environment.memberOf?.(new Value(`FHIR.${type}`, value), valueSet);
