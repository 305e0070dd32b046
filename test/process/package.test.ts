/** `anamnesis package` on a database. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import type { Resource } from '../../src/fhir/resource.ts';
import { watchRegistry } from '../../src/repository/watch-registry.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { type Node, openNode } from '../support/node.ts';
import { sharedData } from '../support/shared-data.ts';
import { tgzOf } from '../support/tar.ts';
import { runSaying, type Said } from '../support/terminal.ts';

let database: TestDatabase;
let folder: string;
let node: Node;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  database = await emptyDatabase();
  const { user, password, host, port, database: name } = database.connection as pg.ClientConfig;
  const url = `postgresql://${user}:${encodeURIComponent(String(password))}@${encodeURIComponent(String(host))}:${port}/${name}`;
  folder = mkdtempSync(join(tmpdir(), 'anamnesis install '));
  env = { DATABASE_URL: url, DATA_DIR: join(folder, 'never made') };
  expect((await runSaying(['migrate'], env)).code).toBe(0);
  node = await openNode(database.connection);
});
afterAll(async () => {
  await node.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const base = 'http://example.org/fhir';
const manifest = { name: 'example.feet', version: '1.0.0', fhirVersions: ['4.0.1'], title: 'Feet' };

const profile = (name: string, more: object = {}): Resource => ({
  resourceType: 'StructureDefinition',
  id: name,
  url: `${base}/StructureDefinition/${name}`,
  version: '1.0.0',
  name: 'Profile',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: {
    element: [
      { id: 'Patient', path: 'Patient' },
      { id: 'Patient.name', path: 'Patient.name', min: 1 },
    ],
  },
  ...more,
});

const valueSet = (name: string, more: object = {}): Resource => ({
  resourceType: 'ValueSet',
  id: name,
  url: `${base}/ValueSet/${name}`,
  version: '1.0.0',
  status: 'active',
  compose: { include: [{ system: 'urn:feet', concept: [{ code: 'left' }] }] },
  ...more,
});

let count = 0;
function packed(files: Readonly<Record<string, unknown>>): string {
  const path = join(folder, `${++count}.tgz`);
  writeFileSync(path, tgzOf({ 'package.json': manifest, ...files }));
  return path;
}

const installed = (path: string, ...more: string[]): Promise<Said> => runSaying(['package', 'install', path, ...more], env);

const inStore = async (resource: Resource): Promise<Resource | undefined> => {
  node.repositories.conformance.changed();
  return node.repositories.conformance.find(resource.resourceType, `${resource['url']}|${resource['version']}`);
};

describe('anamnesis package install', () => {
  test('stores the conformance resources of a package, reports each, and says what it left aside', async () => {
    const [tall, feet] = [profile('tall'), valueSet('feet')];
    const { code, out, err } = await installed(
      packed({
        'StructureDefinition-tall.json': tall,
        'ValueSet-feet.json': feet,
        'Patient-x.json': { resourceType: 'Patient', id: 'x' },
        'SearchParameter-shoe.json': { resourceType: 'SearchParameter', id: 'shoe', url: `${base}/SearchParameter/shoe` },
        'notes.json': { nothing: true },
        '.index.json': { files: [] },
        'example/ValueSet-y.json': valueSet('y'),
      }),
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      'example.feet#1.0.0',
      `  created   StructureDefinition ${tall['url']}|1.0.0`,
      `  created   ValueSet ${feet['url']}|1.0.0`,
      'example.feet#1.0.0: 2 created, 0 updated, 0 unchanged, none refused.',
      'Left aside: 1 Patient, 1 SearchParameter, 1 no resources; --search-parameters takes the SearchParameters too.',
      '',
    ]);
    expect(await inStore(tall)).toMatchObject(tall);
    expect(await inStore(feet)).toMatchObject(feet);
    expect((await node.repository.read('Patient', 'x'))?.body).toBeUndefined();
    expect(await inStore(valueSet('y'))).toBeUndefined();
  });

  test('twice changes nothing', async () => {
    const files = {
      'a.json': profile('twice'),
      'b.json': valueSet('twice', { meta: { tag: [{ system: 'urn:tags', code: 'kept' }] } }),
    };
    expect((await installed(packed(files))).out).toContain('2 created, 0 updated, 0 unchanged');
    const before = await inStore(files['a.json']);
    const again = await installed(packed(files));
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toContain('0 created, 0 updated, 2 unchanged, none refused');
    expect(await inStore(files['a.json'])).toEqual(before);
    expect(before?.meta?.versionId).toBe('1');
  });

  test('updates by canonical and version what differs, whatever its id', async () => {
    await node.put({ ...valueSet('differs'), id: 'own-id' });
    const { out } = await installed(packed({ 'a.json': valueSet('differs', { title: 'New' }) }));
    expect(out).toContain(`  updated   ValueSet ${base}/ValueSet/differs|1.0.0`);
    expect(await inStore(valueSet('differs'))).toMatchObject({ id: 'own-id', title: 'New', meta: { versionId: '2' } });
  });

  test('keeps other versions, and gives an id of its own where another resource has it', async () => {
    const [one, two, other] = [valueSet('kept'), valueSet('kept', { version: '2.0.0' }), valueSet('other', { id: 'kept' })];
    await installed(packed({ 'a.json': one }));
    const { out } = await installed(packed({ 'a.json': two, 'b.json': other }));
    expect(out).toContain('2 created, 0 updated, 0 unchanged');
    expect(await inStore(one)).toMatchObject({ id: 'kept' });
    expect(await inStore(two)).toMatchObject({ id: 'kept-2.0.0' });
    expect((await inStore(other))?.id).toBe('kept-1.0.0');
  });

  test('gives an id that is made of the canonical where the package has none, or one that is no id', async () => {
    const [none, odd] = [valueSet('none', { id: undefined }), valueSet('odd', { id: 'has spaces' })];
    expect((await installed(packed({ 'a.json': none, 'b.json': odd }))).out).toContain('2 created');
    expect((await inStore(none))?.id).toMatch(/^c[a-z0-9]+$/);
    expect((await inStore(odd))?.id).toMatch(/^c[a-z0-9]+$/);
    expect((await installed(packed({ 'a.json': none }))).out).toContain('1 unchanged');
  });

  test('takes the later of two files that call themselves alike', async () => {
    const { out, code } = await installed(packed({ 'a.json': valueSet('alike'), 'b.json': valueSet('alike', { title: 'Later' }) }));
    expect(code).toBe(0);
    expect(out).toMatch(/created .*alike[\s\S]*updated .*alike/);
    expect(await inStore(valueSet('alike'))).toMatchObject({ title: 'Later' });
  });

  test('refuses one by one what is not right, with the reason, stores the rest, and fails', async () => {
    await node.put({ ...valueSet('double'), id: 'double-1' });
    await node.put({ ...valueSet('double'), id: 'double-2' });
    const { code, out, err } = await installed(
      packed({
        'a.json': valueSet('right'),
        'b.json': valueSet('wrong', { status: 'sometimes' }),
        'c.json': '{"resourceType":"ValueSet",',
        'd.json': { resourceType: 'CodeSystem', status: 'active', content: 'complete' },
        'e.json': valueSet('double'),
        'f.json': profile('wrong', { differential: { element: [{ id: 'x', path: 'Patient', min: 'two' }] } }),
        'g.json': valueSet('right-too'),
      }),
    );
    expect(code).toBe(1);
    expect(out).toContain('example.feet#1.0.0: 2 created, 0 updated, 0 unchanged, 5 refused (listed above).');
    const reasons = err.trimEnd().split('\n').sort();
    expect(reasons).toHaveLength(5);
    expect(reasons[0]).toMatch(/^refused: StructureDefinition .*wrong\|1\.0\.0: .*min/);
    expect(reasons[1]).toMatch(
      /^refused: ValueSet .*double\|1\.0\.0: several resources have this canonical and version: ValueSet\/double-[12], ValueSet\/double-[12]; delete all but one$/,
    );
    expect(reasons[2]).toMatch(/^refused: ValueSet .*wrong\|1\.0\.0: .*sometimes/);
    expect(reasons[3]).toMatch(/^refused: c\.json: /);
    expect(reasons[4]).toBe('refused: d.json: it has no url, by which it could be named');
    expect(await inStore(valueSet('right-too'))).toBeDefined();
  });

  test('stores nothing of several packages when one cannot be read', async () => {
    const bad = join(folder, 'bad.tgz');
    writeFileSync(bad, 'nothing');
    const { code, err } = await runSaying(['package', 'install', packed({ 'a.json': valueSet('spared') }), bad], env);
    expect(code).toBe(1);
    expect(err).toMatch(/^anamnesis: .*bad\.tgz is not a package that can be installed: it is neither a \.tgz[^\n]*\n$/);
    expect(await inStore(valueSet('spared'))).toBeUndefined();
  });

  test('takes SearchParameters where that is asked for', async () => {
    const shoe = {
      ...{
        resourceType: 'SearchParameter',
        id: 'shoe',
        url: `${base}/SearchParameter/shoe`,
        version: '1.0.0',
        name: 'shoe',
        status: 'active',
      },
      ...{ description: 'Size', code: 'shoe', base: ['Patient'], type: 'token', expression: "Patient.extension('urn:shoe').value" },
    };
    expect((await installed(packed({ 'a.json': shoe }))).out).toContain('0 created');
    const { out } = await installed(packed({ 'a.json': shoe }), '--search-parameters');
    expect(out).toContain(`  created   SearchParameter ${shoe.url}|1.0.0`);
    expect(out).not.toContain('Left aside');
    await node.registry.refresh();
    expect(node.registry.current().registered.map(({ parameter }) => parameter.url)).toContain(shoe.url);
  });

  test('says which packages it builds on that are not here', async () => {
    const dependencies = { 'hl7.fhir.r4.core': '4.0.1', 'hl7.fhir.us.core': '3.1.1', 'example.shoes': '1.0.x' };
    const { code, out } = await installed(packed({ 'package.json': { ...manifest, dependencies } }));
    expect(code).toBe(0);
    expect(out).toContain(
      'It builds on packages that are not here: hl7.fhir.us.core#3.1.1 (there is 6.1.0, 7.0.0), example.shoes#1.0.x. What it names of them is not known.',
    );
    await installed(packed({ 'package.json': { ...manifest, name: 'example.shoes', version: '1.0.7' } }));
    expect((await installed(packed({ 'package.json': { ...manifest, dependencies } }))).out).not.toContain('example.shoes#1.0.x');
  });

  test('reads a folder', async () => {
    const path = join(folder, 'unpacked');
    mkdirSync(join(path, 'package'), { recursive: true });
    writeFileSync(join(path, 'package', 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(path, 'package', 'ValueSet-folder.json'), JSON.stringify(valueSet('folder')));
    expect((await installed(path)).out).toContain('1 created');
  });

  test('is seen at once by a server that runs', async () => {
    const server = await openNode(database.connection);
    const { registry, repositories } = server;
    const watch = watchRegistry({
      registry,
      conformance: repositories.watch,
      ...{ consents: repositories.consents, policies: repositories.policies },
      connection: database.connection,
      schema: 'anamnesis',
      pollMs: 3_600_000,
    });
    const title = async (): Promise<unknown> =>
      (await repositories.conformance.find('StructureDefinition', `${base}/StructureDefinition/live`))?.['title'];
    try {
      expect(await title()).toBeUndefined();
      await installed(packed({ 'a.json': profile('live', { title: 'One' }) }));
      for (let i = 0; i < 100 && (await title()) !== 'One'; i++) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await title()).toBe('One');
    } finally {
      await watch.close();
      await server.close();
    }
  });

  test.each(['hl7.fhir.us.core-7.0.0', 'hl7.fhir.uv.ips-1.1.0'])(
    'takes the whole of %s, with snapshots and large value sets',
    async (name) => {
      const path = sharedData('ig-packages', `${name}.zip`);
      if (path === undefined) return;
      const { code, out, err } = await installed(path);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/\d+ created, 0 updated, 0 unchanged, none refused/);
    },
    120_000,
  );
});

describe('anamnesis package list', () => {
  test('names what comes with the server, what is switched off, and what was installed', async () => {
    await installed(packed({ 'a.json': valueSet('listed') }));
    const { code, out } = await runSaying(['package', 'list', '--packages', 'hl7.fhir.us.core#6.1.0'], env);
    expect(code).toBe(0);
    expect(out).toMatch(/^hl7\.fhir\.r4\.core#4\.0\.1 +comes with the server +FHIR R4$/m);
    expect(out).toMatch(/^hl7\.fhir\.us\.core#6\.1\.0 +comes with the server +US Core/m);
    expect(out).toMatch(/^hl7\.fhir\.us\.core#7\.0\.0 +switched off by PACKAGES +US Core/m);
    expect(out).toMatch(/^example\.feet#1\.0\.0 +installed \d{4}-\d\d-\d\d, 1 resources +Feet$/m);
  });

  test('refuses names of packages that do not come with the server', async () => {
    const { code, err } = await runSaying(['package', 'list', '--packages', 'hl7.fhir.us.core#5.0.0'], env);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^anamnesis: PACKAGES names hl7\.fhir\.us\.core#5\.0\.0, which does not come with the server; there is hl7\.fhir\.r4\.core#4\.0\.1, [^\n]+\n$/,
    );
  });
});
