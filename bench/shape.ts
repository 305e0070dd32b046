/**
 * What the shapes of genomic studies cost: nothing a request that chose none, and a little each study that is told in another.
 *
 *   npx tsx bench/shape.ts
 */
import { localPrincipal } from '../src/auth/principal.ts';
import { readConfig } from '../src/config.ts';
import { parseJson, printJson } from '../src/fhir/json.ts';
import { loadRegistry } from '../src/fhir/registry.ts';
import type { Resource } from '../src/fhir/resource.ts';
import { studyShapes } from '../src/genomics/study-shape.ts';
import type { FhirRequest, Services } from '../src/interactions/interaction.ts';
import { dispatch } from '../src/interactions/routes.ts';
import { createLog } from '../src/log.ts';
import { openServices } from '../src/services.ts';
import { testDatabase } from '../test/support/database.ts';
import { startTestCluster } from '../test/support/test-cluster.ts';

const empty = Buffer.alloc(0);
const body = { contentType: '', bytes: empty, resource: () => study, json: () => undefined };
const request = (path: readonly string[], query: FhirRequest['query'] = [], headers = {}): FhirRequest => ({
  ...{ method: 'GET', path, query, headers, base: 'http://localhost/fhir', principal: localPrincipal, body },
});

const study: Resource = {
  resourceType: 'GenomicStudy',
  id: 's',
  status: 'available',
  subject: { reference: 'Patient/p' },
  startDate: '2024-05-05',
  analysis: Array.from({ length: 3 }, (_, i) => ({
    title: `Analysis ${i}`,
    methodType: [{ coding: [{ system: 'http://hl7.org/fhir/genomicstudy-methodtype', code: 'snp-detection' }] }],
    specimen: [{ reference: 'Specimen/1' }],
    output: [{ file: { reference: 'DocumentReference/1' }, type: { coding: [{ code: 'vcf' }] } }],
  })),
};

/** Microseconds of CPU each, the least of several rounds that take turns. */
async function compare(works: Readonly<Record<string, () => unknown>>, times: number, rounds = 9): Promise<Record<string, number>> {
  const least: Record<string, number> = {};
  for (let round = 0; round < rounds; round++)
    for (const [name, work] of Object.entries(works)) {
      const before = process.cpuUsage();
      for (let i = 0; i < times; i++) await work();
      const { user, system } = process.cpuUsage(before);
      least[name] = Math.min(least[name] ?? Number.POSITIVE_INFINITY, (user + system) / times);
    }
  return least;
}

const table = (title: string, figures: Record<string, number>): void => {
  console.log(title);
  for (const [name, figure] of Object.entries(figures)) console.log(`  ${name.padEnd(34)} ${figure.toFixed(3)} µs`);
};

const stop = await startTestCluster();
const { connection, drop } = await testDatabase();
const config = readConfig({ AUTHORIZATION: 'off', DATABASE_POOL_SIZE: '4', REFERENTIAL_INTEGRITY: 'off' });
const opened = await openServices({ config, connection, log: createLog('silent'), version: '1' });
const services: Services = await opened.services();
const { shaped } = opened;
const repository = services.repository(localPrincipal);
await repository.commit([{ kind: 'update', type: 'Patient', id: 'p', at: '', resource: { resourceType: 'Patient', id: 'p' } }]);
await repository.commit([{ kind: 'update', type: 'GenomicStudy', id: 's', at: '', resource: study }]);

const read = request(['Patient', 'p']);
const search = request(['GenomicStudy'], [['patient', 'p']]);
let seen = 0;
const hook = (): void => {
  for (let i = 0; i < 1000; i++) if (shaped(services, services, read) === services) seen++;
};
const perThousand = await compare({ hook }, 1000);
table('What every request pays', { 'two comparisons': (perThousand['hook'] ?? 0) / 1000 });

const without = (asked: FhirRequest) => () => dispatch(asked, services);
const withHook = (asked: FhirRequest) => () => dispatch(asked, shaped(services, services, asked));
table('A read of a Patient', await compare({ 'without the hook': without(read), 'with it': withHook(read) }, 1500));
table('A search of GenomicStudy', await compare({ 'without the hook': without(search), 'with it': withHook(search) }, 500));
const asProcedure = { ...search, headers: { prefer: 'genomic-study=procedure' } };
table('The same, told as Procedure', await compare({ told: withHook(asProcedure) }, 500));

const shapes = studyShapes(loadRegistry().definitions);
const text = printJson(study);
const telling = (['native', 'procedure', 'basic', 'incubator'] as const).map((name) => {
  const shape = shapes.of(name);
  return [name, () => printJson(shape.tell(parseJson(text) as Resource).study)] as const;
});
table('Telling a study of three analyses', await compare(Object.fromEntries(telling), 3000));
console.log(seen > 0 ? '' : 'the hook was never passed by');
await opened.close();
await drop();
await stop();
