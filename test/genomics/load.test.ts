/** `anamnesis load` takes genomic studies in every shape, as the server does. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localPrincipal } from '../../src/auth/principal.ts';
import { openTarget } from '../../src/cli/load/open-target.ts';
import type { Target } from '../../src/cli/load/target.ts';
import { readConfig } from '../../src/config.ts';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import { createLog } from '../../src/log.ts';
import { openServices } from '../../src/services.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const config = readConfig({ AUTHORIZATION: 'off', DATABASE_POOL_SIZE: '2' });
const log = createLog('silent');
const profile = (name: string): JsonObject => ({ profile: [`http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/${name}`] });
const procedure = (id: string, more: JsonObject): Resource => ({
  resourceType: 'Procedure',
  id,
  meta: profile('genomic-study-analysis'),
  status: 'completed',
  category: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
  subject: { reference: 'Patient/p' },
  ...more,
});
const link = {
  url: 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/genomic-study-analysis-ext',
  valueReference: { reference: 'Procedure/dna' },
};

let database: TestDatabase;
let target: Target;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await testDatabase();
  ({ target, close } = await openTarget(database.connection, config, log));
}, 60_000);
afterAll(async () => {
  await close();
  await database.drop();
});

test('A study in a file of resources is stored as one, with its analyses, wherever these stand', async () => {
  const resources = [
    procedure('dna', { performedDateTime: '2024-01-02' }),
    { resourceType: 'Patient', id: 'p' },
    procedure('study', { meta: profile('genomic-study'), extension: [link] }),
  ];
  const { count, refused } = await target.members(resources.map((resource, i) => ({ at: `line ${i}`, resource })));
  expect([count, refused]).toEqual([3, []]);
  const { services, close: end } = await openServices({ config, connection: database.connection, log, version: '1' });
  const repository = (await services()).repository(localPrincipal);
  const [study, analysis] = await Promise.all([repository.read('GenomicStudy', 'study'), repository.read('Procedure', 'dna')]);
  expect([JSON.parse(study?.body ?? '{}').analysis[0].date, analysis?.body]).toEqual(['2024-01-02', undefined]);
  await end();
});
