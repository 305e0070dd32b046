/**
 * The statements of $everything that tell resources as entries of a Bundle, many in one text: what needs no look at each resource is passed
 * through as it stands. https://hl7.org/fhir/R4/bundle.html
 */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';
import { found, looseProvenances, type MemberFilter, memberRows, versionSql } from './everything.ts';

/** Some rows; lists are texts with commas between their values. */
export interface EntriesRecord {
  /** Entries with commas between them; null where there are none. */
  readonly text: string | null;
  readonly rids: string;
  readonly vers: string;
  /** Those whose bodies are too long to be in the text. */
  readonly long: string | null;
}

export interface MemberEntries extends EntriesRecord {
  /** -2: rows that have to be looked at one by one; -1: rows behind the first ones; the others have a text. */
  readonly part: number;
  readonly founds: string | null;
  /** Whether each carries one of the marks of its type: `t`, `f`, or `n` for types that have none. */
  readonly marks: string | null;
  /** Ids of the patients among them whose compartments were asked for. */
  readonly patients: string | null;
  /** `Type/id` of each, where there are Provenances in nobody's compartment. */
  readonly names: string | null;
}

export const part = { apart: -2, left: -1 } as const;

/** Rows in one text: more would make PostgreSQL ask for memory each time. */
const rowsInText = 32;
/** Bytes of a body beyond which it travels alone, so that no text is too long. */
const longestBody = 65_536;

const end = ',"search":{"mode":"match"}}';

/** The address, the head of the resource, and what was stored of it. `base` is a parameter. */
const entrySql = (base: string): string =>
  `('{"fullUrl":"' || ${base} || '/' || m.name || '/' || m.id || '","resource":{"resourceType":"' || m.name || '","id":"' || m.id
  || '","meta":{"versionId":"' || v.ver || '","lastUpdated":"' || to_char(v.upd, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"') || v.body`;

const isShort = `octet_length(v.body) <= ${longestBody}`;
const list = (value: string): string => `string_agg(${value}::text, ',')`;

const columns = (base: string): string => `
  string_agg(${entrySql(base)}, '${end},') filter (where ${isShort}) || '${end}' as text,
  ${list('m.rid')} as rids, ${list('m.ver')} as vers, ${list('m.rid')} filter (where not (${isShort})) as long`;

/**
 * The same rows as `membersOf`, most of them in texts. Apart are those of other types than `whole`, those that carry a mark, and those
 * that are not in the compartment itself.
 */
export function memberEntries(schemaName: string, filter: MemberFilter, base: string, whole: readonly number[]): Statement {
  const schema = identifier(schemaName);
  const { text: rows, values, bind, isMarked, names } = memberRows(schema, filter);
  const [under, types] = [`${bind(base)}::text`, bind(plain(whole))];
  const marked = isMarked ? ' or coalesce(c.marked, false)' : '';
  const apart = `c.found <> ${found.member} or c.pat <> all($1::bigint[]) or c.tc <> all(${types}::smallint[])${marked}`;
  const isApart = `filter (where m.part = ${part.apart})`;
  // Sorted while the rows are narrow: the texts are made in this order.
  const text = `
select m.part, ${columns(under)}, ${list('m.found')} ${isApart} as founds,
  ${isMarked ? `${list(`case when m.marked then 't' when not m.marked then 'f' else 'n' end`)} ${isApart}` : 'null'} as marks,
  string_agg(m.id, ',') filter (where m.tc = $6::smallint and m.found = ${found.member}) as patients,
  string_agg(m.name || '/' || m.id, ',') filter (where m.loose) as names
from (
  select m.*, t.name, ${looseProvenances(schema)} as loose,
    (case when m.apart then ${part.apart} when m.n > $8::integer then ${part.left} else (m.n - 1) / ${rowsInText} end)::integer as part
  from (
    select c.*, row_number() over (order by c.apart, c.tc <> $6::smallint, c.rid) as n from (select c.*, ${apart} as apart from (${rows}) c) c
  ) m
  join ${schema}.type_code t on t.tc = m.tc
  order by part offset 0
) m
left join lateral (${versionSql(schema, 'm')} and m.part >= 0 offset 0) v on true
group by m.part order by m.part`;
  return { text, values, name: ['member-entries', ...names].join('-') };
}

/** Versions by row and number. */
export function entriesOf(schemaName: string, rids: readonly string[], versions: readonly string[], base: string): Statement {
  const schema = identifier(schemaName);
  return {
    text: `
select ${columns('$3::text')}
from (
  select q.rid, q.ver, r.id, t.name, (q.n - 1) / ${rowsInText} as part
  from unnest($1::bigint[], $2::integer[]) with ordinality as q(rid, ver, n)
  join ${schema}.res r on r.rid = q.rid join ${schema}.type_code t on t.tc = r.tc
  order by part offset 0
) m
cross join lateral (${versionSql(schema, 'm')} offset 0) v
group by m.part order by m.part`,
    values: [plain(rids), plain(versions), base],
    name: 'entries-of',
  };
}
