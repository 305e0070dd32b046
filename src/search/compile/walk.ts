/**
 * A page found by walking an index in its order. By date: first the rows that have one, then those without; the second part runs only
 * when the first does not fill the page.
 */
import { conjuncts } from '../condition.ts';
import { type Position, ridDescends } from '../order.ts';
import type { Walk } from '../plan/walk.ts';
import type { Query } from '../query.ts';
import { dateSql, updatedSql } from './bounds.ts';
import { patientSql } from './driver.ts';
import { type Building, codesOf, type Row, rowOf, typeSql } from './row.ts';
import { testsSql } from './test.ts';

interface Part {
  readonly building: Building;
  readonly query: Query;
  readonly walk: Walk;
  readonly limit: string;
}

/** Rows of one type that pass `where`, in order, then all tests. */
function stretch({ building, query, walk, limit }: Part, typeTest: (row: Row) => string, where: (row: Row) => string): string {
  const row = rowOf(building, query.types, walk.steps);
  const { alias } = row;
  const way = ridDescends([walk]) ? 'desc' : 'asc';
  const tests = testsSql(
    query.conditions.flatMap(conjuncts).filter((each) => each !== walk.within),
    row,
  );
  const steps = walk.limit === undefined ? 'offset 0' : `limit ${walk.limit}`;
  const rows = `select * from ${building.schema}.res ${alias} where ${walk.within ? patientSql(walk.within.patient, row) : `${typeTest(row)} and not ${alias}.del`} and ${where(row)} order by ${alias}.lo ${way}, ${alias}.rid ${way} ${steps}`;
  return `(select ${alias}.rid, ${alias}.sk, ${alias}.ver, ${alias}.tc, ${alias}.id, ${alias}.lo as k1 from (${rows}) ${alias} where ${tests.length === 0 ? 'true' : tests.join(' and ')} limit ${limit})`;
}

/** Bounds of the date that hold together with everything else end the walk early. */
function dateBounds({ building, query }: Part, row: Row): string {
  const tests = query.conditions.flatMap(conjuncts).flatMap((condition) => (condition.kind === 'date' ? [condition.test] : []));
  return tests.map((test) => ` and ${dateSql(test, row.alias, building.bind)}`).join('');
}

function dated(part: Part, typeTest: (row: Row) => string, position: Position | undefined): string {
  const { bind } = part.building;
  const sign = part.walk.descending ? '<' : '>';
  const last = position?.values[0] ?? undefined;
  return stretch(part, typeTest, (row) => {
    const after =
      position === undefined || last === undefined
        ? ''
        : ` and (${row.alias}.lo, ${row.alias}.rid) ${sign} (${bind(last)}::timestamptz, ${bind(position.rid)}::bigint)`;
    return `${row.alias}.lo is not null${after}${dateBounds(part, row)}`;
  });
}

function undated(part: Part, typeTest: (row: Row) => string, position: Position | undefined): string {
  const { bind } = part.building;
  const sign = ridDescends([part.walk]) ? '<' : '>';
  return stretch(
    part,
    typeTest,
    (row) => `${row.alias}.lo is null${position ? ` and ${row.alias}.rid ${sign} ${bind(position.rid)}::bigint` : ''}`,
  );
}

/** A select of (rid, sk, ver, tc, id, k1), one row more than the page has if there is one. */
export function walkSql(building: Building, query: Query, walk: Walk, position: Position | undefined): string {
  const part: Part = { building, query, walk, limit: building.bind(query.count + 1) };
  return walk.by === 'updated' ? updatedWalk(part, position) : dateWalk(part, position);
}

/** Over current and former versions in the order of their times; a former one leads to no row. */
function updatedWalk({ building, query, walk, limit }: Part, position: Position | undefined): string {
  const { schema, bind } = building;
  const row = rowOf(building, query.types, walk.steps);
  const [way, sign] = walk.descending ? ['desc', '<'] : ['asc', '>'];
  const after =
    position === undefined ? [] : [`(v.upd, v.rid) ${sign} (${bind(position.values[0])}::timestamptz, ${bind(position.rid)}::bigint)`];
  const bounds = query.conditions
    .flatMap(conjuncts)
    .flatMap((each) => (each.kind === 'updated' ? [updatedSql(each.test, 'v.upd', bind)] : []));
  const where = ['true', ...after, ...bounds].join(' and ');
  const versions = `select v.rid, v.sk, v.ver, v.upd from ${schema}.ver v where ${where} order by v.upd ${way}, v.rid ${way} limit ${walk.limit}`;
  const tests = [
    typeSql(row, true),
    `not ${row.alias}.del`,
    ...testsSql(
      query.conditions.flatMap(conjuncts).filter(({ kind }) => kind !== 'updated'),
      row,
    ),
  ];
  const rows = `select * from ${schema}.res i where i.rid = v.rid and i.sk = v.sk and i.ver = v.ver offset 0`;
  return `(select ${row.alias}.rid, ${row.alias}.sk, ${row.alias}.ver, ${row.alias}.tc, ${row.alias}.id, v.upd as k1 from (${versions}) v cross join lateral (${rows}) ${row.alias} where ${tests.join(' and ')} limit ${limit})`;
}

function dateWalk(part: Part, position: Position | undefined): string {
  const { walk } = part;
  const isInDated = position === undefined || (position.values[0] ?? null) !== null;
  if (walk.limit !== undefined)
    return isInDated ? dated(part, (row) => typeSql(row, false), position) : undated(part, (row) => typeSql(row, false), position);
  const parts = [
    ...(isInDated ? [eachType(part, (typeTest) => dated(part, typeTest, position))] : []),
    eachType(part, (typeTest) => undated(part, typeTest, isInDated ? undefined : position)),
  ];
  return parts.length === 1 ? `${parts[0]}` : `${parts.join(' union all ')} limit ${part.limit}`;
}

/** Several types are several walks; the newest of all are taken. */
function eachType({ building, query, walk, limit }: Part, of: (typeTest: (row: Row) => string) => string): string {
  if (query.types.length === 1) return of((row) => typeSql(row, false));
  const codes = building.bind(`{${codesOf(building, query.types).join(',')}}`);
  const way = ridDescends([walk]) ? 'desc' : 'asc';
  const order = `order by w.k1 ${way} nulls last, w.rid ${way}`;
  return `(select w.* from unnest(${codes}::smallint[]) y(tc) cross join lateral ${of((row) => `${row.alias}.tc = y.tc`)} w ${order} limit ${limit})`;
}
