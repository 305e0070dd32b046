/** Exports of a world, as the job makes them: planned, sent in windows, and read back from where its files would be. */
import { Readable } from 'node:stream';
import type pg from 'pg';
import type { Principal } from '../../../src/auth/principal.ts';
import type { ExportInput, TypeFilter } from '../../../src/bulk/export-input.ts';
import { planExport } from '../../../src/bulk/export-plan.ts';
import { sendWindow } from '../../../src/bulk/export-window.ts';
import type { BulkStorage } from '../../../src/bulk/storage.ts';
import { parseJson } from '../../../src/fhir/json.ts';
import type { Repositories } from '../../../src/repository/create-repositories.ts';
import type { Database } from '../../../src/store/database.ts';
import { definitions } from '../../support/repository.ts';
import { pick, type Random } from './random.ts';
import { idsOf, types } from './world.ts';

/** Files of nobody but the test. */
function memory(): { readonly storage: BulkStorage; readonly text: () => string } {
  const files = new Map<string, Buffer[]>();
  const create: BulkStorage['create'] = async (_, name) => {
    const pieces: Buffer[] = [];
    return {
      write: async (data) => void pieces.push(Buffer.from(data)),
      finish: async () => {
        files.set(name, pieces);
        return Buffer.concat(pieces).length;
      },
      abort: async () => undefined,
    };
  };
  const storage: BulkStorage = { create, read: async () => Readable.from([]), remove: async () => undefined };
  return { storage, text: () => Buffer.concat([...files.values()].flat()).toString() };
}

export interface Exporting {
  readonly database: Database;
  readonly connection: pg.PoolConfig;
  readonly repositories: Repositories;
}

export interface Exported {
  /** `Type/id` of each line. */
  readonly names: readonly string[];
  readonly text: string;
}

export type Export = (principal: Principal, input: ExportInput) => Promise<Exported>;

let jobs = 900_000;

/** Throws a FhirError where what is asked may not be searched. */
export const exporting =
  ({ database, connection, repositories }: Exporting): Export =>
  async (principal, input) => {
    const { storage, text } = memory();
    const job = { id: String(++jobs), handle: `job-${jobs}` };
    const context = { connection, schema: database.schema, repositories, storage, definitions, told: false, now: () => new Date() };
    const { types: labels, windows } = await planExport(context, job, input, repositories.access(principal));
    const sending = { connection, schema: database.schema, storage, signal: new AbortController().signal, rewriteOf: () => undefined };
    for (let n = 0; n < windows; n++) await sendWindow(sending, { ...job, types: labels, organized: false }, n);
    const lines = text().split('\n').filter(Boolean);
    const names = lines.map((line) => parseJson(line) as unknown as { resourceType: string; id: string });
    return { names: names.map(({ resourceType, id }) => `${resourceType}/${id}`), text: lines.join('\n') };
  };

const filters: readonly TypeFilter[] = [
  { type: 'Observation', pairs: [['subject:Patient.name', 'a']] },
  { type: 'Observation', pairs: [['code:not', 'a']] },
  { type: 'Patient', pairs: [['_has:Observation:patient:code', 'a']] },
  { type: 'Encounter', pairs: [['part-of:above', 'Encounter/encounter-3']] },
  { type: 'Binary', pairs: [['_lastUpdated', 'gt2020-01-01']] },
];

/** What is asked of an export, at random. */
export function inputOf(random: Random): ExportInput {
  const level = pick(random, ['system', 'system', 'patient', 'group'] as const);
  return {
    ...{ level, base: 'http://127.0.0.1:8080/fhir' },
    ...(level === 'group' ? { group: pick(random, idsOf('Group')) } : {}),
    ...(level === 'patient' && random(2) === 0 ? { patients: [pick(random, idsOf('Patient'))] } : {}),
    ...(random(3) === 0 ? { types: [...new Set([pick(random, types), pick(random, types), 'Binary'])] } : {}),
    ...(random(4) === 0 ? { since: '2020-01-01T00:00:00.000Z' } : {}),
    ...(random(4) === 0 ? { provenance: pick(random, ['latest', 'relevant'] as const) } : {}),
    filters: random(3) === 0 ? [pick(random, filters)] : [],
  };
}
