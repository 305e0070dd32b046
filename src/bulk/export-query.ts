/** What an export asks of the store, as searches: one for all types that are taken whole, and one for each filter. */
import type { Definitions } from '../fhir/definitions.ts';
import { parseSearch } from '../search/parse.ts';
import type { Query } from '../search/query.ts';
import { systemScope, typeScope } from '../search/scope.ts';
import type { ExportInput, TypeFilter } from './export-input.ts';

export interface QueryContext {
  readonly definitions: Definitions;
  readonly now: Date;
  readonly timeZone?: string;
}

type Pair = readonly [name: string, value: string];

/** Nothing else of a search counts: no page, no order, no includes. */
const optionsOf = ({ now, timeZone }: QueryContext, { base }: Pick<ExportInput, 'base'>) => ({
  ...{ strict: true, defaultCount: 1, maxCount: 1, now, base },
  ...(timeZone === undefined ? {} : { timeZone }),
});

const changed = ({ since, until }: Pick<ExportInput, 'since' | 'until'>): Pair[] => [
  ...(since === undefined ? [] : [['_lastUpdated', `gt${since}`] as const]),
  ...(until === undefined ? [] : [['_lastUpdated', `lt${until}`] as const]),
];

type Asked = Pick<ExportInput, 'base' | 'since' | 'until'>;

/** All of the types. */
export const wholeTypes = (context: QueryContext, input: Asked, types: readonly string[]): Query =>
  parseSearch(
    context.definitions,
    systemScope(context.definitions),
    [['_type', types.join(',')], ...changed(input)],
    optionsOf(context, input),
  );

/** Throws a FhirError (400). */
export const filtered = (context: QueryContext, input: Asked, { type, pairs }: TypeFilter): Query =>
  parseSearch(context.definitions, typeScope(type), [...pairs, ...changed(input)], optionsOf(context, input));
