/** `_include` and `_revinclude` as rules: `[type]:[reference parameter]:[target type]`, `[type]:*` or `*`. https://hl7.org/fhir/R4/search.html#include */
import type { SearchParameter } from '../../fhir/definitions.ts';
import { nearest } from '../../fhir/nearest.ts';
import { type FhirError, refusal } from '../../fhir/outcome.ts';
import { searchedOf } from '../parse-filter.ts';
import type { SeveralTypes } from '../parse-parameter.ts';
import type { IncludeRule } from '../query.ts';
import { targetTypes } from '../types/reference-parameter.ts';
import { referenceParameters } from './parameter.ts';

type Pair = readonly [name: string, value: string];
type Asked = Pick<SeveralTypes, 'definitions' | 'types' | 'options'>;

/** Each is followed on its own. */
const mostRules = 50;

export const isInclude = (name: string): boolean => /^_(?:rev)?include(?:$|:)/.test(name);

export function parseIncludes(asked: Asked, pairs: readonly Pair[]): readonly IncludeRule[] {
  if (pairs.length > mostRules)
    throw refusal('too-costly', `A search can have at most ${mostRules} includes, not ${pairs.length}`, {
      expression: '_include',
      status: 400,
    });
  return pairs.map(([name, value]) => parseInclude(asked, name, value));
}

function parseInclude(asked: Asked, name: string, value: string): IncludeRule {
  const [root = '', modifier, ...more] = name.split(':');
  // `recurse` is what earlier versions of FHIR call it.
  if (more.length > 0 || (modifier !== undefined && modifier !== 'iterate' && modifier !== 'recurse'))
    throw refusal('not-supported', `"${name.slice(0, 64)}" is not known: ${root} and ${root}:iterate are`, { expression: root });
  const how = { reverse: root === '_revinclude', iterate: modifier !== undefined };
  if (value === '*') return how;
  const parts = value.split(':');
  const [source = '', code = '', target] = parts;
  if (parts.length < 2 || parts.length > 3 || value.includes(',')) throw refuse(root, value, forms);
  checkType(asked, root, value, source);
  if (target !== undefined) checkType(asked, root, value, target);
  checkApplies(asked, how, root, value, targetsOf(asked, root, value));
  return { ...how, source, ...(code === '*' ? {} : { code }), ...(target === undefined ? {} : { target }) };
}

const forms =
  'the forms are [type]:[reference parameter], [type]:[reference parameter]:[target type], [type]:* and *, one in each parameter, which may be repeated';

const refuse = (root: string, value: string, why: string): FhirError =>
  refusal('value', `${root}=${value.slice(0, 100)} cannot be followed: ${why}`, { expression: root });

function checkType({ definitions }: Asked, root: string, value: string, type: string): void {
  if (definitions.isResourceType(type)) return;
  const near = nearest(type, definitions.resourceTypes);
  throw refuse(root, value, `"${type.slice(0, 64)}" is no resource type${near === undefined ? '' : `; did you mean ${near}?`}`);
}

/** The types that the rule can lead to. */
function targetsOf(asked: Asked, root: string, value: string): readonly string[] {
  const { definitions, options } = asked;
  const [type = '', code = '', target] = value.split(':');
  const parameters = code === '*' ? referenceParameters(definitions, type) : [parameterOf(asked, root, value)];
  const possible = new Set(
    parameters.flatMap((parameter) => targetTypes(searchedOf({ definitions, type, options }, parameter), definitions.resourceTypes)),
  );
  if (target === undefined) return [...possible];
  if (possible.has(target)) return [target];
  throw refuse(root, value, `${code} of ${type} can lead to ${[...possible].join(', ')}, not to ${target}`);
}

function parameterOf({ definitions }: Asked, root: string, value: string): SearchParameter {
  const [type = '', code = ''] = value.split(':');
  const parameter = definitions.searchParameters(type).get(code);
  if (parameter?.type === 'reference') return parameter;
  const codes = referenceParameters(definitions, type).map((each) => each.code);
  const near = nearest(code, codes);
  const what = parameter === undefined ? 'no search parameter' : `a ${parameter.type} parameter`;
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  throw refuse(root, value, `"${code.slice(0, 64)}" is ${what} of ${type}; its reference parameters are ${codes.sort().join(', ')}${hint}`);
}

/** Without `:iterate` a rule is for matches, which are of the types that are searched. */
function checkApplies(
  { types }: Asked,
  { reverse, iterate }: Pick<IncludeRule, 'reverse' | 'iterate'>,
  root: string,
  value: string,
  targets: readonly string[],
): void {
  const on = reverse ? targets : [value.split(':')[0] as string];
  if (iterate || on.some((type) => types.includes(type))) return;
  const what = `it ${reverse ? 'leads to' : 'begins at'} ${on.join(', ')}`;
  const hint = `${root}:iterate=${value.slice(0, 100)} would be followed on included resources`;
  throw refuse(root, value, `${what}, and the search is for ${types.length <= 3 ? types.join(', ') : 'other types'}; ${hint}`);
}
