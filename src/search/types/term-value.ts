/** Values of token parameters with `:text`: the beginning of a text that goes with the code. https://hl7.org/fhir/R4/search.html#token */
import { refusal } from '../../fhir/outcome.ts';
import type { Condition } from '../condition.ts';
import { textTest } from './string-value.ts';
import { typesWithText } from './term.ts';
import { keysOf, type Searched } from './value.ts';

// SHALL: "the search functions as a normal string search" — search.html#token
export function termCondition(searched: Searched, values: readonly string[]): Condition {
  const { parameter, indexing, type } = searched;
  if (indexing.branches.some((branch) => branch.typed !== undefined || typesWithText.has(branch.type)))
    return { kind: 'terms', keys: keysOf(searched), tests: values.map((value) => textTest(searched, value, 'prefix')) };
  const text = `":text" searches the text of a CodeableConcept, Coding or Identifier.type; the values of ${type}.${parameter.code} have none`;
  throw refusal('not-supported', text, { expression: parameter.code });
}
