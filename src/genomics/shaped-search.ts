/**
 * A search of the type as which a client is told studies looks among studies too, where the parameters mean the same of both.
 * https://hl7.org/fhir/R4/http.html#search
 */
import { refusal } from '../fhir/outcome.ts';
import { isResultParameter } from '../search/parse-result.ts';
import type { SearchScope } from '../search/scope.ts';
import { inexact, isExact, rootOf } from './exact-parameter.ts';
import { reporting } from './procedure-parts.ts';
import { nativeType, type StudyShape } from './study-shape.ts';

type Pair = readonly [name: string, value: string];

export interface WidenedSearch {
  readonly scope: SearchScope;
  readonly pairs: readonly Pair[];
  /** What they say is in the scope: they still belong to the self link. */
  readonly said: readonly Pair[];
}

/** What only studies answer, and all of them: by the type as which they are told. */
const meansStudies: Readonly<Record<string, ReadonlySet<string>>> = {
  Procedure: new Set([`_profile=${reporting('genomic-study')}`]),
  Basic: new Set(
    ['code=GenomicStudy', 'code=http://hl7.org/fhir/fhir-types|GenomicStudy'].concat(
      '_profile=http://hl7.org/fhir/5.0/StructureDefinition/profile-GenomicStudy',
    ),
  ),
};

export function widened({ type }: StudyShape, scope: SearchScope, pairs: readonly Pair[]): WidenedSearch {
  const types = typesOf(scope, pairs);
  if (type === nativeType || !types.includes(type) || (scope.open && types === scope.types)) return { scope, pairs, said: [] };
  const chosen = pairs.filter(([name]) => name === '_type');
  const others = pairs.filter(([name]) => name !== '_type');
  const said = others.filter(([name, value]) => meansStudies[type]?.has(`${name}=${value}`));
  const asked = said.length === 0 ? others : others.filter((pair) => !said.includes(pair));
  for (const [name, value] of asked) assertBoth(type, name, value);
  const searched = said.length > 0 ? [nativeType] : [...new Set([...types, nativeType])];
  return {
    scope: { ...scope, types: searched, open: false },
    pairs: once(asked.flatMap((pair) => forBoth(type, pair))),
    said: [...chosen, ...said],
  };
}

function typesOf({ types, open }: SearchScope, pairs: readonly Pair[]): readonly string[] {
  const asked = pairs.flatMap(([name, value]) => (name === '_type' ? value.split(',') : []));
  return open && asked.length > 0 ? asked : types;
}

/** What only shapes the answer does so for every type. */
const ofAnswer: ReadonlySet<string> = new Set([
  '_count',
  '_cursor',
  '_total',
  '_summary',
  '_elements',
  '_format',
  '_pretty',
  '_maxresults',
  '_explain',
]);

const includes: ReadonlySet<string> = new Set(['_include']);

function assertBoth(type: string, name: string, value: string): void {
  const root = rootOf(name);
  if (ofAnswer.has(root) || (!isResultParameter(root) && isExact(type, name))) return;
  if (root === '_sort' && value.split(',').every((key) => isExact(type, key.replace(/^-/, '')))) return;
  if (includes.has(root) && isFollowed(type, value)) return;
  throw isResultParameter(root) ? unfit(type, name) : inexact(type, name);
}

/** `Procedure:patient`, also with a type behind it. */
function isFollowed(type: string, value: string): boolean {
  const [source = '', code = ''] = value.split(':');
  return source !== type || isExact(type, code);
}

/** An include that starts at the type starts at studies too. */
function forBoth(type: string, [name, value]: Pair): readonly Pair[] {
  const isInclude = includes.has(rootOf(name)) && value.startsWith(`${type}:`);
  return isInclude
    ? [
        [name, value],
        [name, `${nativeType}${value.slice(type.length)}`],
      ]
    : [[name, value]];
}

/** The next page is asked with what the one before used. */
const once = (pairs: readonly Pair[]): readonly Pair[] => [...new Map(pairs.map((pair) => [pair.join('='), pair])).values()];

const unfit = (type: string, name: string): Error =>
  refusal(
    'not-supported',
    `${name.slice(0, 64)} of this value does not go with a search of ${type} that finds genomic studies too: it may follow or sort by what both have.`,
    { expression: name.slice(0, 64) },
  );
