/** Values to search by that occur in a database: rare ones, common ones, and a patient like most. */
import { hash64 } from '../src/search/hash.ts';
import { parameterText, withSystem } from '../src/search/index-text.ts';
import type { Session } from '../src/store/database.ts';
import { identifier as named } from '../src/store/statement.ts';
import type { TypeCodes } from '../src/store/type-code.ts';

export interface CountedCode {
  /** `system|code`. */
  readonly code: string;
  readonly count: number;
}

export interface Sample {
  readonly patient: { readonly id: string; readonly observations: number };
  readonly family: string;
  readonly identifier: string;
  readonly practitioner: string;
  readonly rare: CountedCode;
  readonly medium: CountedCode;
  readonly common: CountedCode;
  /** In the middle of all Observations. */
  readonly day: string;
  readonly codes: readonly string[];
}

/** One in so many rows is looked at for the frequencies of codes. */
const percent = 5;

/** Codes of Observations, the most frequent first. */
async function codesOf(session: Session, schema: string, tc: number): Promise<string[]> {
  const text = `select (c->>'system') || '|' || (c->>'code') as code, count(*) as count
from ${schema}.ver v tablesample system (${percent})
cross join lateral (select (regexp_match(v.body, '"code":(\\{"coding":\\[\\{.*?\\}\\])'))[1] || '}' as found offset 0) f
cross join lateral (select f.found::jsonb->'coding'->0 as c offset 0) c
where v.tc = ${tc} and v.body is not null and f.found is not null group by 1 order by 2 desc, 1`;
  return (await session.run<{ code: string }>({ text, values: [] })).map(({ code }) => code);
}

async function counted(session: Session, schema: string, code: string): Promise<CountedCode> {
  const [system = '', own = ''] = code.split('|');
  const token = hash64(withSystem(parameterText('Observation', 'code'), system, own));
  const { count } = await one<{ count: number }>(
    session,
    `select count(*)::int as count from ${schema}.res where toks @> array[${token}]::bigint[]`,
  );
  return { code, count };
}

async function one<Row extends object>(session: Session, text: string): Promise<Row> {
  const [row] = await session.run<Row>({ text, values: [] });
  if (row === undefined) throw new Error(`nothing is found by ${text}`);
  return row;
}

const first = (body: string, pattern: RegExp): string => pattern.exec(body)?.[1] ?? '';

export async function sampleOf(session: Session, schemaName: string, typeCodes: TypeCodes): Promise<Sample> {
  const schema = named(schemaName);
  const tc = (type: string): number => typeCodes.get(type) ?? -1;
  const codes = await codesOf(session, schema, tc('Observation'));
  const at = (share: number): Promise<CountedCode> => counted(session, schema, codes[Math.floor((codes.length - 1) * share)] ?? '');
  const patient = await one<{ id: string; body: string; self: string }>(
    session,
    `select r.id, r.self, v.body from ${schema}.res r join ${schema}.ver v using (rid, ver, sk) where r.tc = ${tc('Patient')} order by r.rid offset 10 limit 1`,
  );
  const { observations } = await one<{ observations: number }>(
    session,
    `select count(*)::int as observations from ${schema}.res where pat = ${patient.self} and tc = ${tc('Observation')}`,
  );
  const practitioner = await one<{ id: string }>(
    session,
    `select id from ${schema}.res where tc = ${tc('Practitioner')} order by rid offset 5 limit 1`,
  );
  const { day } = await one<{ day: string }>(
    session,
    `select to_char(percentile_disc(0.5) within group (order by lo), 'YYYY-MM-DD') as day from ${schema}.res tablesample system (${percent}) where tc = ${tc('Observation')} and lo is not null`,
  );
  return {
    patient: { id: patient.id, observations },
    family: first(patient.body, /"family":"([^"]+)"/),
    identifier: first(patient.body, /"identifier":\[\{[^\]]*?"value":"([^"]+)"/),
    practitioner: practitioner.id,
    common: await at(0),
    medium: await at(0.3),
    rare: await at(1),
    day,
    codes,
  };
}
