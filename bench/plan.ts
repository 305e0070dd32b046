/**
 * The rules of the plan chooser, each asked of a real database: which index a search uses and how many rows it looks at.
 *
 *   DATA_DIR=/tmp/million npx tsx bench/plan.ts
 *
 * The database is made by `scripts/multiply-synthea.ts`; below a million resources the figures say little. Exit code 1: a rule is broken.
 */
import { openStorage } from '../src/cli/storage.ts';
import { readConfig } from '../src/config.ts';
import { loadDefinitions } from '../src/fhir/registry.ts';
import { createLog } from '../src/log.ts';
import { parseSearch } from '../src/search/parse.ts';
import { noStatistics } from '../src/search/plan/statistics.ts';
import type { Query } from '../src/search/query.ts';
import { openDatabase } from '../src/store/database.ts';
import { keepStatistics } from '../src/store/statistics.ts';
import { loadTypeCodes } from '../src/store/type-code.ts';
import { sampleOf } from './sample.ts';
import { openExplainer, type Touched } from './touched.ts';

interface Rule {
  /** What must hold, in words. */
  readonly says: string;
  readonly type: string;
  readonly text: string;
  /** One of the ways that were tried begins so. */
  readonly way: RegExp;
  readonly indexes: readonly string[];
  /** Rows and entries of indexes that it may look at. */
  readonly most: number;
}

const config = readConfig(process.env);
const storage = await openStorage({ config, log: createLog('warn'), purpose: 'load' });
const schema = config.databaseSchema;
const database = openDatabase({ connection: storage.connection, schema, poolSize: 2, statementTimeoutMs: 600_000 });
const definitions = loadDefinitions();
const typeCodes = await loadTypeCodes(database, schema, definitions.resourceTypes);
const statistics = await keepStatistics(database, schema, typeCodes, noStatistics);
const explainer = await openExplainer(storage.connection, { schema, typeCodes, statistics });

const parse = (type: string, text: string): Query =>
  parseSearch(definitions, type, [...new URLSearchParams(text)], { strict: true, defaultCount: 20, maxCount: 1000, now: new Date() });

const { patient, family, identifier, practitioner, rare, medium, common, day, codes } = await sampleOf(database, schema, typeCodes);
const code = encodeURIComponent;
const pageOf = 21;
const many = [...codes, ...Array.from({ length: 2000 }, (_, i) => `none-${i}`)].slice(0, 2000).map(code).join(',');

/** Rows of one patient and type, several times over: the row, its version, entries of indexes. */
const ofPatient = 3 * patient.observations + 200;

const rules: readonly Rule[] = [
  {
    says: 'A known patient fences everything: its rows are read by one index, whatever else is asked',
    type: 'Observation',
    text: `patient=${patient.id}&code=${code(common.code)}&_sort=-date`,
    way: /by patient/,
    indexes: ['res_patient_date'],
    most: ofPatient,
  },
  {
    says: 'The newest rows of a known patient: those behind the page are not looked at',
    type: 'Observation',
    text: `patient=${patient.id}&_sort=-date`,
    way: /by patient, in the order of the date/,
    indexes: ['res_patient_date'],
    most: 4 * pageOf,
  },
  {
    says: 'A known patient and a rare code',
    type: 'Observation',
    text: `patient=${patient.id}&code=${code(rare.code)}`,
    way: /by (patient|token)/,
    indexes: [],
    most: ofPatient,
  },
  {
    says: 'A known patient and a range of dates',
    type: 'Observation',
    text: `patient=${patient.id}&date=ge2010&date=lt2015`,
    way: /by patient/,
    indexes: ['res_patient_date'],
    most: ofPatient,
  },
  {
    says: 'A rare token: all its rows by the index of tokens, then sorted',
    type: 'Observation',
    text: `code=${code(rare.code)}&_sort=-date`,
    way: /by token/,
    indexes: ['res_toks'],
    most: 4 * rare.count + 500,
  },
  {
    says: 'A token of middling frequency with an order: no more than all its rows',
    type: 'Observation',
    text: `code=${code(medium.code)}&_sort=-date`,
    way: /by token|order of the date/,
    indexes: [],
    most: 4 * medium.count + 50_000,
  },
  {
    says: 'A common token with an order: the newest rows are tested until the page is full',
    type: 'Observation',
    text: `code=${code(common.code)}&_sort=-date`,
    way: /order of the date, the first rows/,
    indexes: ['res_type_date'],
    most: 5_000,
  },
  {
    says: 'A common token with the oldest first',
    type: 'Observation',
    text: `code=${code(common.code)}&_sort=date`,
    way: /order of the date/,
    indexes: ['res_type_date'],
    most: 50_000,
  },
  {
    says: 'Two tokens: the rarer one leads, the other is a test of the row',
    type: 'Observation',
    text: `code=${code(rare.code)}&status=final`,
    way: /by token/,
    indexes: ['res_toks'],
    most: 4 * rare.count + 500,
  },
  {
    says: 'A day: the index on type and date',
    type: 'Observation',
    text: `date=${day}`,
    way: /by date|order of the date/,
    indexes: ['res_type_date'],
    most: 20_000,
  },
  {
    says: 'A day and a common code',
    type: 'Observation',
    text: `date=${day}&code=${code(common.code)}`,
    way: /by date|order of the date/,
    indexes: ['res_type_date'],
    most: 20_000,
  },
  {
    says: 'No condition: the newest rows in the order of the index',
    type: 'Observation',
    text: '_sort=-date',
    way: /order of the date, as far as needed/,
    indexes: ['res_type_date'],
    most: 20 * pageOf,
  },
  {
    says: 'Two thousand codes: each is looked up on its own, or the newest rows are tested',
    type: 'Observation',
    text: `code=${many}`,
    way: /token|order of the date/,
    indexes: [],
    most: 200_000,
  },
  {
    says: 'Two thousand rare codes: each is looked up on its own',
    type: 'Observation',
    text: `code=${[rare.code, ...Array.from({ length: 2000 }, (_, i) => `none-${i}`)].slice(0, 2000).map(code).join(',')}&_sort=-date`,
    way: /by token/,
    indexes: ['res_toks'],
    most: 4 * rare.count + 5_000,
  },
  {
    says: 'An id: by the hash of type and id',
    type: 'Patient',
    text: `_id=${patient.id},none`,
    way: /by id/,
    indexes: ['res_self'],
    most: 50,
  },
  {
    says: 'An identifier: by its token',
    type: 'Patient',
    text: `identifier=${code(identifier)}`,
    way: /by token/,
    indexes: ['res_toks'],
    most: 200,
  },
  {
    says: 'The start of a name: by the index of strings',
    type: 'Patient',
    text: `family=${code(family)}`,
    way: /by text/,
    indexes: ['str_pkey'],
    most: 20_000,
  },
  {
    says: 'A quantity with a code: one of them leads, and the other is a test',
    type: 'Observation',
    text: `code=${code(rare.code)}&value-quantity=gt1`,
    way: /by (token|number)/,
    indexes: [],
    most: 10 * rare.count + 1_000,
  },
  {
    says: 'A chain to few patients: from them to their rows',
    type: 'Observation',
    text: `patient.identifier=${code(identifier)}`,
    way: /by chain/,
    indexes: ['res_toks', 'res_patient_date'],
    most: ofPatient + 1_000,
  },
  {
    says: 'A chain to few others: from them by their tokens',
    type: 'Encounter',
    text: `participant:Practitioner._id=${practitioner}`,
    way: /by chain/,
    indexes: ['res_self', 'res_toks'],
    most: 20_000,
  },
  {
    says: 'A reverse chain from a rare code: to those that its rows refer to',
    type: 'Patient',
    text: `_has:Observation:patient:code=${code(rare.code)}`,
    way: /by reverse chain/,
    indexes: ['res_toks', 'res_self'],
    most: 10 * rare.count + 1_000,
  },
  {
    says: 'A chain to half of all patients with a common code: rows are tested on the way',
    type: 'Observation',
    text: `patient.gender=male&code=${code(common.code)}&_sort=-date`,
    way: /order of the date/,
    indexes: ['res_type_date', 'res_self'],
    most: 20_000,
  },
  {
    says: 'A reverse chain from a common code: no more rows than the code has',
    type: 'Patient',
    text: `_has:Observation:patient:code=${code(common.code)}`,
    way: /reverse chain|order of the date|by type/,
    indexes: [],
    most: 3 * common.count + 20_000,
  },
  {
    says: 'A code with its value: one index leads, whatever the value',
    type: 'Observation',
    text: `code-value-quantity=${code(rare.code)}$gt0`,
    way: /by (token|number)/,
    indexes: [],
    most: 10 * rare.count + 1_000,
  },
  {
    says: 'What is rare leads, what is denied is tested',
    type: 'Observation',
    text: `code=${code(rare.code)}&status:not=amended`,
    way: /by token/,
    indexes: ['res_toks'],
    most: 4 * rare.count + 500,
  },
  {
    says: 'The compartment of a patient: the index of patients, and tokens of further ones',
    type: 'Encounter',
    text: `patient=${patient.id}&_sort=-date`,
    way: /by patient/,
    indexes: ['res_patient_date'],
    most: 3_000,
  },
  {
    says: 'The order of updates: the index of versions',
    type: 'Observation',
    text: '_sort=-_lastUpdated',
    way: /order of the update/,
    indexes: ['ver_updated'],
    most: 5_000,
  },
];

function faultsOf({ way, indexes, most }: Rule, touched: Touched): readonly string[] {
  const missing = indexes.filter((index) => !touched.indexes.has(index));
  return [
    ...(touched.ways.some((each) => way.test(each)) ? [] : [`was run ${touched.ways.join(', then ')}`]),
    ...(missing.length === 0 ? [] : [`does not use ${missing.join(', ')}, but ${[...touched.indexes].join(', ')}`]),
    ...(touched.rows <= most ? [] : [`looks at ${touched.rows} rows, and may at ${Math.round(most)}`]),
    ...(touched.scanned.size === 0 ? [] : [`reads all of ${[...touched.scanned].join(', ')}`]),
  ];
}

let broken = 0;
function tell(says: string, touched: Touched, faults: readonly string[]): void {
  const way = touched.ways.at(-1) ?? '';
  console.log(`${faults.length === 0 ? 'holds ' : 'BROKEN'} ${says}: ${way}, ${touched.rows} rows`);
  for (const fault of faults) console.log(`         ${fault}`);
  if (faults.length > 0) broken++;
}

for (const rule of rules) {
  const touched = await explainer.page(parse(rule.type, rule.text));
  tell(rule.says, touched, faultsOf(rule, touched));
}

/** "Deep pages cost what first pages cost." */
async function deepPages(text: string, pages: number): Promise<void> {
  const query = parse('Observation', text);
  const first = await explainer.page(query);
  let touched = first;
  for (let page = 1; page < pages && touched.last; page++) touched = await explainer.page(query, touched.last);
  const most = 2 * first.rows + 2_000;
  tell(
    `Page ${pages} costs what page 1 costs`,
    touched,
    touched.rows <= most ? [] : [`looks at ${touched.rows} rows; page 1 at ${first.rows}`],
  );
}

await deepPages(`code=${code(common.code)}&_sort=-date`, 50);
await deepPages('_sort=-date', 50);

const counted = await explainer.count(parse('Observation', `code=${code(rare.code)}`));
tell(
  'A count of few: the index of tokens',
  counted,
  counted.indexes.has('res_toks') && counted.rows <= 4 * rare.count + 500 ? [] : ['takes another way'],
);

console.log(broken === 0 ? 'every rule holds' : `${broken} rules are broken`);
await explainer.close();
await database.close();
await storage.close();
process.exitCode = broken === 0 ? 0 : 1;
