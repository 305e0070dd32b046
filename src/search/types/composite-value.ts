/** Values of composite parameters: the values of the components with `$` between, of one and the same element. https://hl7.org/fhir/R4/search.html#combining */
import type { SearchParameterType } from '../../fhir/definitions.ts';
import { type Component, type Composite, type ElementPart, pairText, type RootPart, strayText } from '../composite.ts';
import { allOf, anyOf, type Comparison, type Condition, type IntervalTest } from '../condition.ts';
import { splitUnescaped } from '../escape.ts';
import { parameterText, textOf } from '../index-text.ts';
import { indexingOf } from '../indexing.ts';
import type { ParseContext } from '../parse-context.ts';
import { dateValues } from './date-value.ts';
import { numberValues, parseNumberTest } from './number-value.ts';
import { quantityValues } from './quantity-value.ts';
import { referenceValues } from './reference-value.ts';
import { stringValues } from './string-value.ts';
import { tokenTexts, tokenValues } from './token-value.ts';
import { uriValues } from './uri-value.ts';
import { keysOf, type ReadValues, refuseValue, type Searched, tokens } from './value.ts';

const readers: Readonly<Partial<Record<SearchParameterType, ReadValues>>> = {
  token: tokenValues,
  quantity: quantityValues,
  date: dateValues,
  string: stringValues,
  reference: referenceValues,
  uri: uriValues,
  number: numberValues,
};

function read(searched: Searched, value: string, context: ParseContext): Condition {
  const reader = readers[searched.parameter.type];
  if (reader === undefined) throw refuseValue(searched, value, 'it cannot be part of a composite');
  return reader(searched, undefined, [value], context);
}

/** A parameter of the resource, as the conjunction of a root part asks for it. */
function whole(searched: Searched, code: string, { definitions }: ParseContext): Searched {
  const parameter = definitions.searchParameters(searched.type).get(code);
  const indexing = indexingOf(definitions, searched.type).get(code);
  if (parameter === undefined || indexing === undefined) throw new Error(`${searched.type} has lost its search parameter ${code}`);
  return { ...searched, parameter, indexing, texts: [textOf(searched.type, parameter)] };
}

const compositeText = ({ texts }: Searched): string => texts[0] as string;

/** Under which the rows of elements are kept. */
export const rowsText = ({ type, texts }: Searched, { rowsOf }: Composite): string =>
  rowsOf === undefined ? (texts[0] as string) : parameterText(type, rowsOf);

/** Only where something else than the composite means can be found. */
const noStray = (searched: Searched, { strays }: RootPart): readonly Condition[] =>
  strays.length === 0 ? [] : [tokens([strayText(compositeText(searched))], true)];

const rootCondition = (searched: Searched, root: RootPart, values: readonly string[], context: ParseContext): Condition =>
  allOf([...root.codes.map((code, i) => read(whole(searched, code, context), values[i] ?? '', context)), ...noStray(searched, root)]);

const within = (searched: Searched, { parameter, indexing }: Component, texts: readonly string[]): Searched => ({
  ...searched,
  parameter,
  indexing,
  texts,
});

function elementCondition(
  searched: Searched,
  text: string,
  { components }: ElementPart,
  values: readonly string[],
  context: ParseContext,
): Condition {
  const [first, second, third] = components as readonly [Component, Component, Component?];
  const forms = tokenTexts(within(searched, first, [text]), values[0] ?? '');
  const texts = forms.map(pairText);
  if (third === undefined) return read(within(searched, second, texts), values[1] ?? '', context);
  const low = parseNumberTest(within(searched, second, texts), values[1] ?? '');
  const high = parseNumberTest(within(searched, third, texts), values[2] ?? '');
  return { kind: 'number', keys: keysOf({ ...searched, texts }), test: both(onSide(low, 'lo'), onSide(high, 'hi')) };
}

/** The two ends of a row are two numbers: the test of each looks at its own. */
const onSide = (test: IntervalTest, side: Comparison['side']): IntervalTest =>
  test.map((comparisons) => comparisons.map((comparison) => ({ ...comparison, side })));

const both = (one: IntervalTest, other: IntervalTest): IntervalTest => one.flatMap((left) => other.map((right) => [...left, ...right]));

function oneValue(searched: Searched, composite: Composite, value: string, context: ParseContext): Condition {
  const values = splitUnescaped(value, '$');
  if (values.length !== composite.form.split('$').length || values.includes(''))
    throw refuseValue(searched, value, `the form is ${composite.form} (a dollar sign inside a value is written \\$)`);
  return anyOf([
    ...composite.roots.map((root) => rootCondition(searched, root, values, context)),
    ...composite.elements.slice(0, 1).map((part) => elementCondition(searched, rowsText(searched, composite), part, values, context)),
  ]);
}

export const compositeValues: ReadValues = (searched, _modifier, values, context) => {
  const { composite } = searched.indexing;
  if (composite === undefined) throw new Error(`${searched.type}.${searched.parameter.code} was not taken apart`);
  return anyOf(values.map((value) => oneValue(searched, composite, value, context)));
};

/** Some element has all parts. `present` tells of one parameter of the resource whether it has a value. */
export function compositePresence(
  searched: Searched,
  composite: Composite,
  present: (code: string) => Condition,
  mark: Condition,
): Condition {
  const roots = composite.roots.map((root) => allOf([...root.codes.map(present), ...noStray(searched, root)]));
  return anyOf([...roots, ...(composite.elements.length > 0 ? [mark] : [])]);
}
