/** How a search parameter of a type is indexed: one answer for the extraction of rows and for the search of them. */
import type { Definitions, SearchParameter } from '../fhir/definitions.ts';
import { type Composite, compileComposite, withSharedRows } from './composite.ts';
import { type Branch, compileExpression } from './expression.ts';
import { ExpressionError } from './expression-parser.ts';
import { behind, propertyPath } from './json-path.ts';
import { primaryDate } from './primary-date.ts';
import { typesWithSystem } from './types/token.ts';

export interface Indexing {
  readonly branches: readonly Branch[];
  /** Why the parameter has no rows, in words for the client. */
  readonly refused?: string;
  /** The parameter is the union of these, and searched as such. */
  readonly parts?: readonly string[];
  /** Its interval stands in `lo` and `hi`. */
  readonly primaryDate: boolean;
  /** Some values can have a system of their own. */
  readonly systems: boolean;
  /** Systems of plain codes, which name none: each with its codes where they can be listed. */
  readonly implied?: ReadonlyMap<string, ReadonlySet<string> | undefined>;
  /** How a composite is taken apart. */
  readonly composite?: Composite;
  /** Most resources have a value: those without one are marked, not those with one. */
  readonly usual?: boolean;
  /** Code of the parameter whose tokens of literal references serve this one as well; `literalType` is then the one type it means. */
  readonly literalsOf?: string;
  readonly literalType?: string;
}

/** Parameters whose values are exactly those of others: indexed once. */
const unions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Observation: {
    'combo-code': ['code', 'component-code'],
    'combo-value-concept': ['value-concept', 'component-value-concept'],
    'combo-value-quantity': ['value-quantity', 'component-value-quantity'],
  },
};

/** Parameters that are answered without rows of their own. */
const elsewhere = new Set(['_id', '_lastUpdated', '_filter', '_text', '_content']);

/** Special parameters whose values are indexed. */
const indexedSpecials = new Set(['near']);

const refusals: Readonly<Record<string, string>> = {
  _query: 'no named query is defined on this server',
};

const nothing: readonly Branch[] = [];
const refused = (reason: string): Indexing => ({ branches: nothing, refused: reason, primaryDate: false, systems: false });

/** Stands for a parameter that only R4's text names and no definition gives an expression. */
function refusalOf({ code, type, expression }: SearchParameter): string | undefined {
  if (refusals[code] !== undefined) return refusals[code];
  if (type === 'special' && !indexedSpecials.has(code)) return 'this special parameter is not supported';
  return expression === undefined ? 'its definition has no expression' : undefined;
}

function compiled(definitions: Definitions, resourceType: string, parameter: SearchParameter): Indexing {
  if (elsewhere.has(parameter.code))
    return { branches: nothing, primaryDate: false, systems: false, ...(parameter.code === '_content' ? { usual: true } : {}) };
  if (parameter.type === 'composite') return refused('it is a composite');
  const reason = refusalOf(parameter);
  if (reason !== undefined) return refused(reason);
  const parts = unions[resourceType]?.[parameter.code];
  try {
    const branches = withExtensionValues(compileExpression(parameter.expression as string, resourceType, definitions), definitions);
    const systems = branches.some(({ type, typed }) => typed !== undefined || typesWithSystem.has(type));
    return { branches, primaryDate: false, systems, ...impliedSystems(definitions, branches), ...(parts ? { parts } : {}) };
  } catch (error) {
    if (error instanceof ExpressionError) return refused(`its expression is not supported: ${error.message}`);
    throw error;
  }
}

/** "The system is defined in the value set" — https://hl7.org/fhir/R4/search.html#token */
function impliedSystems(definitions: Definitions, branches: readonly Branch[]): Pick<Indexing, 'implied'> {
  const sets = branches.flatMap(({ type, valueSet }) => (type === 'code' && valueSet !== undefined ? [valueSet] : []));
  const implied = new Map<string, ReadonlySet<string> | undefined>();
  for (const set of new Set(sets)) {
    for (const [system, codes] of definitions.systems(set)) {
      const known = implied.get(system);
      const all = known === undefined || codes === undefined ? undefined : new Set([...known, ...codes]);
      implied.set(system, implied.has(system) ? all : codes);
    }
  }
  return implied.size === 0 ? {} : { implied };
}

/** An expression that ends at an extension means its value. */
function withExtensionValues(branches: readonly Branch[], definitions: Definitions): readonly Branch[] {
  return branches.flatMap((branch) => {
    if (branch.type !== 'Extension') return [branch];
    return [...definitions.properties('Extension')]
      .filter(([, { element }]) => element.name === 'value')
      .map(([property, { type }]) => ({
        ...branch,
        type: type.code,
        steps: [...branch.steps, { kind: 'property', name: property } as const],
        ...behind(branch.jsonPath, (way) => propertyPath(way, property, false, false)),
      }));
  });
}

export type TypeIndexing = ReadonlyMap<string, Indexing>;

/** By the parameters of a type: a registry with other parameters for some types shares the rest. */
const known = new WeakMap<ReadonlyMap<string, SearchParameter>, TypeIndexing>();

/** All parameters of a type by code. */
export function indexingOf(definitions: Definitions, resourceType: string): TypeIndexing {
  const parameters = definitions.searchParameters(resourceType);
  const found = known.get(parameters) ?? compileType(definitions, resourceType);
  known.set(parameters, found);
  return found;
}

/** A plain way through mandatory elements only. */
function isMandatory(definitions: Definitions, resourceType: string, { steps }: Branch): boolean {
  let type = resourceType;
  for (const step of steps) {
    const property = step.kind === 'property' && step.at === undefined ? definitions.properties(type).get(step.name) : undefined;
    if (property === undefined || property.element.min < 1 || property.element.choice) return false;
    type = property.type.code;
  }
  return steps.length > 0;
}

/** What most resources say, wherever their type has it. */
const mostlyThere: ReadonlySet<string> = new Set(['subject', 'patient', 'encounter', 'category', 'code', 'type']);

function isUsual(definitions: Definitions, resourceType: string, code: string, { branches, parts }: Indexing, isFixed: boolean): boolean {
  if (parts !== undefined || branches.length === 0) return false;
  return (isFixed && mostlyThere.has(code)) || branches.some((branch) => isMandatory(definitions, resourceType, branch));
}

/** `patient` mostly is `subject` where it leads to a Patient: one token serves both, unless one of them may change alone. */
function sharedLiterals(
  code: string,
  indexing: Indexing,
  all: TypeIndexing,
  isFixed: (code: string) => boolean,
): { literalsOf?: string; literalType?: string } {
  const subject = all.get('subject')?.branches ?? nothing;
  const [own, ...more] = indexing.branches;
  if (
    code !== 'patient' ||
    !isFixed('patient') ||
    !isFixed('subject') ||
    own === undefined ||
    more.length > 0 ||
    subject.length !== 1 ||
    subject[0]?.path !== own.path
  )
    return {};
  return own.targets?.length === 1 && own.targets[0] === 'Patient' ? { literalsOf: 'subject', literalType: 'Patient' } : {};
}

function takenApart(definitions: Definitions, resourceType: string, parameter: SearchParameter, all: TypeIndexing): Indexing {
  try {
    const composite = compileComposite(definitions, resourceType, parameter, all);
    return typeof composite === 'string' ? refused(composite) : { branches: nothing, primaryDate: false, systems: false, composite };
  } catch (error) {
    if (error instanceof ExpressionError) return refused(`its expression is not supported: ${error.message}`);
    throw error;
  }
}

function compileType(definitions: Definitions, resourceType: string): TypeIndexing {
  const all = new Map<string, Indexing>();
  const parameters = definitions.searchParameters(resourceType);
  const isFixed = (code: string): boolean => parameters.get(code)?.generation === undefined;
  for (const parameter of parameters.values()) all.set(parameter.code, compiled(definitions, resourceType, parameter));
  const primary = primaryDate(definitions, resourceType, (code) => all.get(code)?.branches ?? nothing);
  for (const [code, indexing] of all) {
    const usual = code === primary || isUsual(definitions, resourceType, code, indexing, isFixed(code));
    all.set(code, { ...indexing, ...(usual ? { usual } : {}), ...sharedLiterals(code, indexing, all, isFixed) });
  }
  const indexing = primary === undefined ? undefined : all.get(primary);
  if (indexing && primary !== undefined) all.set(primary, { ...indexing, primaryDate: true });
  // Composites last: they are made of the others.
  const shared = new Map<string, Composite>();
  for (const parameter of parameters.values()) {
    if (parameter.type !== 'composite') continue;
    const found = takenApart(definitions, resourceType, parameter, all);
    const composite = found.composite && isFixed(parameter.code) ? withSharedRows(found.composite, shared) : found.composite;
    if (composite && isFixed(parameter.code)) shared.set(parameter.code, composite);
    all.set(parameter.code, composite ? { ...found, composite } : found);
  }
  return all;
}
