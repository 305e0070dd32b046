// @ts-nocheck
import pg from 'pg';
import { openStorage } from '../src/cli/storage.ts';
import { readConfig } from '../src/config.ts';
import { loadDefinitions } from '../src/fhir/registry.ts';
import { createLog } from '../src/log.ts';
import { compileCount, compilePage } from '../src/search/compile/page.ts';
import { parseSearch } from '../src/search/parse.ts';
import { noStatistics } from '../src/search/plan/statistics.ts';
import { openDatabase } from '../src/store/database.ts';
import { keepStatistics } from '../src/store/statistics.ts';
import { loadTypeCodes } from '../src/store/type-code.ts';
import { sampleOf } from './sample.ts';

const config = readConfig(process.env);
const storage = await openStorage({ config, log: createLog('warn'), purpose: 'load' });
const schema = config.databaseSchema;
const database = openDatabase({ connection: storage.connection, schema, poolSize: 2, statementTimeoutMs: 600_000 });
const definitions = loadDefinitions();
const typeCodes = await loadTypeCodes(database, schema, definitions.resourceTypes);
const statistics = await keepStatistics(database, schema, typeCodes, noStatistics);
const s = await sampleOf(database, schema, typeCodes);
console.log(s.patient, s.common, s.medium, s.rare, s.day);
const c = new pg.Client({
  ...storage.connection,
  options: '-c TimeZone=UTC -c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off',
});
await c.connect();
const v = new pg.Client({ ...storage.connection, options: '-c TimeZone=UTC -c jit=off' });
await v.connect();
const member = (x) => `"${String(x).replace(/["\\]/g, '\\$&')}"`;
const lit = (x) => (x === null ? 'null' : c.escapeLiteral(Array.isArray(x) ? `{${x.map(member).join(',')}}` : String(x)));
let n = 0;
for (const line of process.argv.slice(2)) {
  const text = line
    .replaceAll('$PAT', s.patient.id)
    .replaceAll('$COMMON', encodeURIComponent(s.common.code))
    .replaceAll('$MEDIUM', encodeURIComponent(s.medium.code))
    .replaceAll('$RARE', encodeURIComponent(s.rare.code))
    .replaceAll('$FAMILY', s.family)
    .replaceAll('$IDENT', s.identifier)
    .replaceAll('$PRAC', s.practitioner)
    .replaceAll('$DAY', s.day);
  const [type, q] = text.split('?');
  const query = parseSearch(definitions, type, [...new URLSearchParams(q)], {
    strict: true,
    defaultCount: 20,
    maxCount: 1000,
    now: new Date(),
  });
  const ctx = { schema, typeCodes, statistics };
  const attempts =
    query.summary === 'count' ? [{ statement: compileCount(ctx, query), plan: 'count' }] : compilePage(ctx, query, undefined);
  for (const { statement, plan, partial } of attempts) {
    console.log('\n=====', text, '::', plan, statement.name ? 'named' : '');
    console.log(statement.text, JSON.stringify(statement.values).slice(0, 300));
    const name = `s${n++}`;
    await c.query(`prepare ${name} as ${statement.text}`);
    const vals = statement.values.length ? `(${statement.values.map(lit).join(',')})` : '';
    for (const k of [0, 1, 2]) {
      const { rows } = await c.query(`explain (analyze, buffers) execute ${name}${vals}`);
      if (k === 2) console.log(rows.map((r) => r['QUERY PLAN']).join('\n'));
    }
    if (!partial) break;
  }
}
process.exit(0);
