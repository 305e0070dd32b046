/**
 * One filter of a value set as a test of the concepts of a code system.
 * https://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.compose.include.filter, https://hl7.org/fhir/R4/valueset-filter-operator.html
 */
import { nearest } from '../nearest.ts';
import { type CodeSystem, type Concept, incompleteness, nameOf } from './code-system.ts';
import { ancestors, descendants } from './hierarchy.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import { PatternError } from './pattern-parser.ts';
import { isReason, type Reason, reason } from './reason.ts';

export interface RawFilter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

export type ConceptTest = (concept: Concept) => boolean;

type Values = (concept: Concept) => readonly string[];
type Operator = (filter: RawFilter, system: CodeSystem, values: Values) => ConceptTest | Reason;

const listOf = (value: string): ReadonlySet<string> => new Set(value.split(',').map((each) => each.trim()));

const isIn: Operator = ({ value }, _system, values) => {
  const list = listOf(value);
  return (concept) => values(concept).some((each) => list.has(each));
};

const isNotIn: Operator = ({ value }, _system, values) => {
  const list = listOf(value);
  return (concept) => !values(concept).some((each) => list.has(each));
};

const exists: Operator = ({ value }, _system, values) => {
  if (value !== 'true' && value !== 'false') return reason('invalid', 'the value of a filter with "exists" is true or false');
  return (concept) => values(concept).length > 0 === (value === 'true');
};

/** Steps that the expression can take over all concepts. */
const mostSteps = 200_000_000;

const regex: Operator = ({ value }, { concepts }, values) => {
  const pattern = patternOf(value);
  if (isReason(pattern)) return pattern;
  const characters = concepts.reduce((sum, concept) => values(concept).reduce((own, { length }) => own + length, sum), 0);
  if (characters * pattern.size > mostSteps)
    return reason('too-costly', 'the regular expression of a filter is too large for its code system');
  return (concept) => values(concept).some((each) => pattern.matches(each));
};

function patternOf(value: string): Pattern | Reason {
  try {
    return compilePattern(value);
  } catch (error) {
    if (error instanceof PatternError) return reason('not-supported', `the regular expression of a filter is refused: ${error.message}`);
    throw error;
  }
}

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  [
    '=',
    ({ value }, _system, values) =>
      (concept) =>
        values(concept).includes(value),
  ],
  ['in', isIn],
  ['not-in', isNotIn],
  ['exists', exists],
  ['regex', regex],
  ['is-a', hierarchical((concept) => descendants(concept))],
  ['descendent-of', hierarchical((concept) => without(concept, descendants(concept)))],
  ['is-not-a', hierarchical((concept) => descendants(concept), true)],
  ['generalizes', hierarchical((concept) => ancestors(concept))],
]);

function without(concept: Concept, set: ReadonlySet<Concept>): ReadonlySet<Concept> {
  return new Set([...set].filter((each) => each !== concept));
}

function hierarchical(related: (concept: Concept) => ReadonlySet<Concept>, negated = false): Operator {
  return ({ property, op, value }, system) => {
    if (property !== 'concept' && property !== 'code')
      return reason('not-supported', `"${op}" is a filter on concept, not on the property "${property}"`);
    const concept = subsuming(system, value);
    if (isReason(concept)) return concept;
    const set = related(concept);
    return (each) => set.has(each) !== negated;
  };
}

/** The concept where its place in the hierarchy says what is a kind of it. */
export function subsuming(system: CodeSystem, code: string): Concept | Reason {
  if (system.otherHierarchy !== undefined)
    return reason('not-supported', `the hierarchy of ${system.url} is ${system.otherHierarchy}, which says nothing about is-a`);
  return incompleteness(system) ?? system.concept(code) ?? reason('not-found', `${nameOf(system)} has no code "${code}"`);
}

/** Properties that every concept has by what it is. */
const inherent: ReadonlyMap<string, Values> = new Map<string, Values>([
  ['concept', ({ code }) => [code]],
  ['code', ({ code }) => [code]],
  ['display', ({ display }) => (display === undefined ? [] : [display])],
  ['parent', ({ parents }) => parents.map(({ code }) => code)],
  ['child', ({ children }) => children.map(({ code }) => code)],
]);

function valuesOf(property: string, system: CodeSystem): Values | Reason {
  const known = inherent.get(property);
  if (known) return known;
  if (system.properties.has(property)) {
    return ({ properties }) => properties.flatMap(([code, value]) => (code === property ? [value] : []));
  }
  const all = [...inherent.keys(), ...system.properties];
  const near = nearest(property, all);
  const hint = near === undefined ? `it has ${all.slice(0, 20).join(', ')}` : `did you mean "${near}"?`;
  return reason('not-supported', `${system.url} has no property "${property}" to filter by: ${hint}`);
}

export function compileFilter(filter: RawFilter, system: CodeSystem): ConceptTest | Reason {
  const operator = operators.get(filter.op);
  const valid = [...operators.keys()].join(', ');
  if (!operator) return reason('not-supported', `"${filter.op}" is not an operator of filters that is supported: they are ${valid}`);
  const values = valuesOf(filter.property, system);
  return typeof values === 'function' ? operator(filter, system, values) : values;
}
