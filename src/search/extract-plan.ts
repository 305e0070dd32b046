/** What there is to extract from resources of a type: search parameters compiled to columns, found by the first property on their way. */
import type { Definitions, SearchParameter } from '../fhir/definitions.ts';
import { compartmentPatients, type PatientsOf } from './compartment.ts';
import { type CompositeColumn, compositeColumns } from './composite-rows.ts';
import type { Branch, Step } from './expression.ts';
import { hash64 } from './hash.ts';
import { type IndexKey, indexKey } from './index-key.ts';
import { absentText, presentText, textOf } from './index-text.ts';
import type { Indexers } from './indexers.ts';
import { type Indexing, indexingOf } from './indexing.ts';
import type { Interpret, TypedValue } from './interpret.ts';
import type { Indexer } from './row-collector.ts';
import type { ReferenceContext } from './types/reference.ts';

/** One way to values of a parameter, and what is done with them. */
export interface Column {
  /** Property of the resource that the steps begin with; absent where they begin otherwise. */
  readonly first?: string;
  readonly steps: readonly Step[];
  readonly key: IndexKey;
  readonly index: Indexer;
  /** Place of the parameter in the list of marks. */
  readonly parameter: number;
}

/** Token of a resource with a value of the parameter, or of one without where most have one. */
export interface Mark {
  readonly present: string | undefined;
  readonly absent: string | undefined;
}

export interface ExtractPlan {
  /** Columns that start at a property of the resource. */
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  /** All others. */
  readonly rootColumns: readonly Column[];
  readonly marks: readonly Mark[];
  /** Used anew by each extraction: 1 where the parameter has a value. */
  readonly found: Uint8Array;
  readonly composites: ReadonlyMap<string, readonly CompositeColumn[]>;
  readonly rootComposites: readonly CompositeColumn[];
  readonly patients: PatientsOf;
  /** Some expression may ask where a reference leads. */
  readonly asksForTargets: boolean;
  /** Text of its parameter `url`, where it has an url and a version: canonicals lead to it. */
  readonly canonical: string | undefined;
}

interface Way {
  readonly steps: readonly Step[];
  readonly index: Indexer;
}

/** Values that bring their types. */
function interpretedWay(typed: Interpret, byElement: ReadonlyMap<string, Indexer>): Way {
  const value = (resource: unknown): readonly TypedValue[] => typed(resource).filter(({ type }) => byElement.has(type));
  const index: Indexer = (key, each, rows) => {
    const { type, value: found } = each as TypedValue;
    byElement.get(type)?.(key, found, rows);
  };
  return { steps: [{ kind: 'compute', value }], index };
}

function wayOf({ steps, type, typed }: Branch, byElement: ReadonlyMap<string, Indexer>): readonly Way[] {
  if (typed) return [interpretedWay(typed, byElement)];
  const index = byElement.get(type);
  return index ? [{ steps, index }] : [];
}

const isIndexed = ({ refused, parts }: Indexing): boolean => refused === undefined && parts === undefined;

function markOf(text: string, { usual }: Indexing): Mark {
  return usual ? { present: undefined, absent: hash64(absentText(text)) } : { present: hash64(presentText(text)), absent: undefined };
}

/** The property that the way starts with, if it takes the whole of it. */
function firstOf({ steps: [first] }: Way): { readonly first?: string } {
  return first?.kind === 'property' && first.at === undefined ? { first: first.name } : {};
}

function addTo<Of extends { readonly first?: string }>(byProperty: Map<string, Of[]>, others: Of[], column: Of): void {
  if (column.first === undefined) others.push(column);
  else if (byProperty.has(column.first)) byProperty.get(column.first)?.push(column);
  else byProperty.set(column.first, [column]);
}

export function extractPlan(definitions: Definitions, type: string, context: ReferenceContext, indexers: Indexers): ExtractPlan {
  const columns = new Map<string, Column[]>();
  const rootColumns: Column[] = [];
  const marks: Mark[] = [];
  const composites = new Map<string, CompositeColumn[]>();
  const rootComposites: CompositeColumn[] = [];

  function add(parameter: SearchParameter, indexing: Indexing): void {
    const byElement = indexing.primaryDate ? indexers.primaryDate : indexers.of(parameter);
    const ways = byElement ? indexing.branches.flatMap((branch) => wayOf(branch, byElement)) : [];
    if (ways.length === 0) return;
    const text = textOf(type, parameter);
    const key = indexKey(text, indexing.systems, indexing.literalsOf !== undefined);
    const number = marks.push(markOf(text, indexing)) - 1;
    for (const way of ways) addTo(columns, rootColumns, { ...way, key, parameter: number, ...firstOf(way) });
  }

  const indexings = indexingOf(definitions, type);
  for (const parameter of definitions.searchParameters(type).values()) {
    const indexing = indexings.get(parameter.code);
    if (indexing && isIndexed(indexing)) add(parameter, indexing);
    if (indexing?.composite)
      for (const column of compositeColumns(textOf(type, parameter), indexing.composite, indexers))
        addTo(composites, rootComposites, column);
  }
  const patients = compartmentPatients(definitions, type, context);
  return {
    columns,
    rootColumns,
    marks,
    found: new Uint8Array(marks.length),
    composites,
    rootComposites,
    patients,
    asksForTargets: [...indexings.values()].some(asksForTargets),
    canonical: canonicalText(definitions, type),
  };
}

const isConditional = ({ steps }: Branch): boolean => steps.some(({ kind }) => kind !== 'property');

function asksForTargets({ branches, composite }: Indexing): boolean {
  const roots = composite?.roots.flatMap(({ strays }) => strays) ?? [];
  const elements =
    composite?.elements.flatMap(({ base, components }) => [base, ...components.flatMap(({ indexing }) => indexing.branches)]) ?? [];
  return [...branches, ...roots, ...elements].some((branch) => branch.typed !== undefined || isConditional(branch));
}

function canonicalText(definitions: Definitions, type: string): string | undefined {
  const properties = definitions.properties(type);
  const parameter = definitions.searchParameters(type).get('url');
  return parameter !== undefined && properties.has('url') && properties.has('version') ? textOf(type, parameter) : undefined;
}
