/** Resources in a database of their own, searched by query text. */
import type { FhirError } from '../../src/fhir/outcome.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { containedOf } from '../../src/repository/commit/contained.ts';
import { containedTypes } from '../../src/repository/contained-types.ts';
import type { SearchPage } from '../../src/repository/repository.ts';
import { searchWith } from '../../src/repository/search.ts';
import { containedType } from '../../src/search/contained/type.ts';
import { compileExtractor } from '../../src/search/extract.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { noStatistics, type Statistics } from '../../src/search/plan/statistics.ts';
import type { Query } from '../../src/search/query.ts';
import type { SearchScope } from '../../src/search/scope.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { insertStatement, type VersionRow } from '../../src/store/statement/write.ts';
import { keepStatistics } from '../../src/store/statistics.ts';
import { loadTypeCodes, type TypeCodes } from '../../src/store/type-code.ts';
import { createTerminology } from '../../src/terminology/create-terminology.ts';
import type { Terminology } from '../../src/terminology/terminology.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export const definitions = loadDefinitions();
export const now = new Date('2026-01-31T12:00:00.000Z');
export const base = 'http://127.0.0.1:8080/fhir';

export const pairsOf = (text: string): [string, string][] => [...new URLSearchParams(text)];

export const parse = (type: string | SearchScope, text: string, strict = true): Query =>
  parseSearch(definitions, type, pairsOf(text), { strict, defaultCount: 20, maxCount: 1000, now, base });

/** The first issue of the refusal of a search; fails when it is not refused. */
export function refusalOf(type: string, text: string): { readonly status: number; readonly text: string } {
  try {
    parse(type, text);
  } catch (error) {
    const { status, message } = error as FhirError;
    return { status, text: message };
  }
  throw new Error(`${type}?${text} was not refused`);
}

export interface SearchDatabase {
  readonly database: Database;
  readonly connection: TestDatabase['connection'];
  readonly typeCodes: TypeCodes;
  /** Version 1 of each; `lastUpdated` comes from meta, otherwise it is one second later for each. */
  load(resources: readonly Resource[]): Promise<void>;
  search(within: string | SearchScope, text: string, principalId?: string, statistics?: Statistics): Promise<SearchPage>;
  /** Ids on the page, in order; statistics of one's own make the search run another way. */
  ids(within: string | SearchScope, text: string, statistics?: Statistics): Promise<string[]>;
  /** Ids of all pages, followed by their links, in order. */
  allIds(within: string | SearchScope, text: string): Promise<string[]>;
  close(): Promise<void>;
}

/** What is stored of a body: all behind the elements that its row repeats. */
function tailOf({ resourceType: _type, id: _id, meta = {}, ...rest }: Resource): string {
  const { versionId: _version, lastUpdated: _updated, ...more } = meta;
  const inner = JSON.stringify(more).slice(1, -1);
  const text = JSON.stringify(rest);
  return `${inner === '' ? '' : `,${inner}`}${text === '{}' ? '}}' : `},${text.slice(1)}`}`;
}

const extract = compileExtractor(definitions, { bases: [base] });

/** What comes with the server; read when a search asks for it. */
const shipped = createTerminology();
export const terminology = (): Terminology => shipped;

export async function searchDatabase(): Promise<SearchDatabase> {
  const { connection, drop } = await testDatabase();
  const schema = 'anamnesis';
  const database = openDatabase({ connection, schema, poolSize: 2, statementTimeoutMs: 20_000 });
  const typeCodes = await loadTypeCodes(database, schema, [...definitions.resourceTypes, ...definitions.resourceTypes.map(containedType)]);
  const typeNames = new Map([...typeCodes].map(([name, code]) => [code, name]));
  let statistics = await keepStatistics(database, schema, typeCodes, noStatistics);
  let rid = 0;
  const contained = containedTypes(schema, () => Date.now());
  const rowOf = (resource: Resource): VersionRow => {
    rid++;
    const index = extract(resource);
    return {
      rid: String(rid),
      typeCode: typeCodes.get(resource.resourceType) ?? 0,
      id: resource.id ?? String(rid),
      versionId: 1,
      lastUpdated: resource.meta?.lastUpdated ?? new Date(Date.UTC(2025, 0, 1) + rid * 1000).toISOString(),
      method: 1,
      body: tailOf(resource),
      index,
      isNew: true,
      ...containedOf(typeCodes, index),
    };
  };
  const search: SearchDatabase['search'] = (type, text, principalId = 'test', known) => {
    const common = { schema, typeCodes, typeNames, definitions, bases: new Set([base]), secret: 'secret', terminology, contained };
    const context = { ...common, statistics: known ? () => known : statistics, principalId };
    return searchWith(database, context, parse(type, text));
  };
  const ids: SearchDatabase['ids'] = async (type, text, known) => (await search(type, text, 'test', known)).matches.map(({ id }) => id);
  return {
    database,
    connection,
    typeCodes,
    search,
    ids,
    async allIds(type, text) {
      const found: string[] = [];
      for (let page = await search(type, text); ; page = await search(type, `${text}&_cursor=${page.next}`)) {
        found.push(...page.matches.map(({ id }) => id));
        if (page.next === undefined) return found;
      }
    },
    async load(resources) {
      for (let at = 0; at < resources.length; at += 500)
        await database.run(insertStatement(schema, resources.slice(at, at + 500).map(rowOf)));
      await database.run({
        text: `analyze ${schema}.res, ${schema}.ver, ${schema}.num, ${schema}.str, ${schema}.txt, ${schema}.term`,
        values: [],
      });
      statistics = await keepStatistics(database, schema, typeCodes, noStatistics);
      for (const { contained: inner = [] } of resources) for (const { resourceType } of inner as Resource[]) contained.add(resourceType);
    },
    async close() {
      await database.close();
      await drop();
    },
  };
}
