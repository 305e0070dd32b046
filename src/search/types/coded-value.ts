/** `:in`, `:not-in`, `:above` and `:below` of token parameters. https://hl7.org/fhir/R4/search.html#token */
import { refusal } from '../../fhir/outcome.ts';
import type { CodedPlace, CodeSelection } from '../coded.ts';
import type { Condition } from '../condition.ts';
import { splitUnescaped, unescaped } from '../escape.ts';
import { refuseValue, type Searched } from './value.ts';

export const codedModifiers = ['in', 'not-in', 'above', 'below'] as const;

export type CodedModifier = (typeof codedModifiers)[number];

export const isCodedModifier = (modifier: string | undefined): modifier is CodedModifier =>
  (codedModifiers as readonly (string | undefined)[]).includes(modifier);

/** Element types whose codes come with a system; of `*` only evaluation tells the type. */
const withSystem: ReadonlySet<string> = new Set(['Coding', 'CodeableConcept', 'CodeableReference', '*']);

function placesOf({ indexing: { branches, systems }, texts }: Searched): readonly CodedPlace[] {
  const plain = branches.filter(({ type }) => type === 'code').map(({ valueSet }) => valueSet);
  const form = systems ? 'mixed' : 'plain';
  const forms: Omit<CodedPlace, 'text'>[] = [
    ...(branches.some(({ type }) => withSystem.has(type)) ? [{ form: 'system' } as const] : []),
    ...[...new Set(plain)].map((valueSet) => ({ form, ...(valueSet === undefined ? {} : { valueSet }) }) as const),
  ];
  return texts.flatMap((text) => forms.map((each) => ({ text, ...each })));
}

export function codedCondition(searched: Searched, modifier: CodedModifier, values: readonly string[]): Condition {
  const places = placesOf(searched);
  if (places.length === 0) throw noCodes(searched, modifier);
  const selections = values.map((value) => selectionOf(searched, modifier, value, places));
  return { kind: 'coded', parameter: searched.parameter.code, places, selections, negated: modifier === 'not-in' };
}

function noCodes({ type, parameter, indexing }: Searched, modifier: string) {
  const types = [...new Set(indexing.branches.map((branch) => branch.type))].sort().join(', ');
  const text = `":${modifier}" asks for codes; the values of ${type}.${parameter.code} are none (${types}).`;
  return refusal('not-supported', text, { expression: parameter.code });
}

function selectionOf(searched: Searched, modifier: CodedModifier, value: string, places: readonly CodedPlace[]): CodeSelection {
  if (modifier === 'in' || modifier === 'not-in') return { relation: 'in', valueSet: unescaped(value) };
  const [first = '', second, ...more] = splitUnescaped(value, '|').map(unescaped);
  const relation = modifier;
  if (second !== undefined && second !== '' && first !== '' && more.length === 0) return { relation, system: first, code: second };
  // A plain code names no system; the element that it is asked of may imply one.
  if (second === undefined && places.some(({ form }) => form !== 'system')) return { relation, code: first };
  throw refuseValue(searched, value, `with :${modifier} it is system|code`);
}
