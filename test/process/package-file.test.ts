/** Reading FHIR packages. https://confluence.hl7.org/display/FHIR/NPM+Package+Specification */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { missingDependencies } from '../../src/cli/package/dependency.ts';
import { olderMeaning } from '../../src/cli/package/older-meaning.ts';
import { limits, packageFiles } from '../../src/cli/package/package-file.ts';
import { surveyPackage } from '../../src/cli/package/read-manifest.ts';
import { tarEntries } from '../../src/cli/package/tar.ts';
import { CommandError } from '../../src/cli/terminal.ts';
import { projectFile } from '../../src/root.ts';
import { type TarMember, tarOf, tgzOf } from '../support/tar.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis package '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};

const manifest = { name: 'example.fhir', version: '1.0.0', fhirVersions: ['4.0.1'] };

async function filesOf(path: string, most = limits): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const file of packageFiles(path, most)) found[file.path] = (await file.content()).toString('utf8');
  return found;
}

async function messageOf(run: Promise<unknown>): Promise<string> {
  const error = await run.catch((reason: unknown) => reason);
  if (!(error instanceof CommandError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  return error.message;
}

describe('A package', () => {
  test.each(['gnu', 'oldgnu', 'pax', 'ustar', 'python'])('packed in the %s format of tar is read whole', async (format) => {
    const found = await filesOf(projectFile('test', 'fixtures', 'packages', `${format}.tgz`));
    const long = `other/${'deep-'.repeat(17)}er/${'very-'.repeat(17)}long.json`;
    expect(Object.keys(found).sort()).toEqual(
      ['CodeSystem-blank.json', long, 'ValueSet-größe.json', 'example/Patient-x.json', 'package.json'].sort(),
    );
    expect(found[long]).toBe('{"long":true}');
    expect(found['CodeSystem-blank.json']).toBe(' '.repeat(1500));
    expect(JSON.parse(found['package.json'] ?? '')).toMatchObject({ name: 'example.tar' });
  });

  test('is read from a folder that holds package.json, and from one that holds the folder package', async () => {
    written('plain/package.json', JSON.stringify(manifest));
    written('plain/ValueSet-a.json', '{}');
    written('plain/example/Patient-b.json', '{}');
    written('outer/package/package.json', JSON.stringify(manifest));
    expect(Object.keys(await filesOf(join(folder, 'plain')))).toEqual(['ValueSet-a.json', 'package.json']);
    expect((await surveyPackage(join(folder, 'outer'))).manifest).toMatchObject({ name: 'example.fhir', version: '1.0.0' });
  });

  test('is read from a tar in chunks of any size', async () => {
    const members = [
      { path: 'package/a', content: 'x'.repeat(511) },
      { path: 'package/b', content: 'y'.repeat(512) },
      { path: 'package/c', content: '' },
      { path: 'package/d', content: 'z'.repeat(5000) },
    ];
    const tar = tarOf(members);
    for (const size of [1, 100, 512, 513, 4096, tar.length]) {
      const chunks = async function* () {
        for (let start = 0; start < tar.length; start += size) yield tar.subarray(start, start + size);
      };
      const found: unknown[] = [];
      for await (const entry of tarEntries(chunks())) found.push({ path: entry.path, content: (await entry.content()).toString() });
      expect(found).toEqual(members);
    }
  });

  test('may be passed over file by file', async () => {
    const path = written('skipped.tgz', tgzOf({ 'package.json': manifest, 'a.json': 'x'.repeat(200_000), 'b.json': '{"b":1}' }));
    const found: string[] = [];
    for await (const file of packageFiles(path)) if (file.path === 'b.json') found.push((await file.content()).toString('utf8'));
    expect(found).toEqual(['{"b":1}']);
  });

  test('names what it builds on', async () => {
    const dependencies = { 'hl7.fhir.r4.core': '4.0.1', 'hl7.terminology.r4': '5.0.0', odd: 3 };
    const path = written('dependent.tgz', tgzOf({ 'package.json': { ...manifest, title: 'Example', dependencies } }));
    expect((await surveyPackage(path)).manifest).toEqual({
      ...manifest,
      title: 'Example',
      dependencies: { 'hl7.fhir.r4.core': '4.0.1', 'hl7.terminology.r4': '5.0.0' },
    });
  });

  test.each([
    ['fhirVersions', { fhirVersions: ['5.0.0', '4.0.1'] }],
    ['fhir-version-list', { fhirVersions: undefined, 'fhir-version-list': ['4.0.1'] }],
    ['the core package that it depends on', { fhirVersions: undefined, dependencies: { 'hl7.fhir.r4.core': '4.0.1' } }],
  ])('says by %s that it is of R4', async (_, more) => {
    const path = written('r4.tgz', tgzOf({ 'package.json': { ...manifest, ...more } }));
    expect((await surveyPackage(path)).manifest.name).toBe('example.fhir');
  });
});

describe('A package is refused whole, with a message that says why:', () => {
  const member = (path: string, more: Partial<TarMember> = {}): TarMember => ({ path, content: '{}', ...more });
  const packed = (...members: TarMember[]): Buffer =>
    gzipSync(tarOf([member('package/package.json', { content: JSON.stringify(manifest) }), ...members]));
  const cut = (bytes: Buffer, left: number): Buffer => bytes.subarray(0, bytes.length - left);
  const noise = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i * 31) % 251));

  const files: [string, () => Buffer | string, RegExp][] = [
    ['text', () => 'nothing packed', /it is neither a \.tgz \(tar, compressed with gzip\), nor a zip archive, nor a folder\.$/],
    ['an empty file', () => '', /it is neither a \.tgz/],
    ['gzip of no tar', () => gzipSync('x'.repeat(2000)), /what is packed in it is no tar archive, or is damaged\.$/],
    ['gzip of little', () => gzipSync('x'), /what is packed in it is no tar archive/],
    [
      'a .tgz that is cut off',
      () => cut(packed(member('package/a.json', { content: noise })), 100),
      /it is damaged or cut off: unexpected end of file\.$/,
    ],
    ['a .tgz that is damaged', () => Buffer.concat([packed().subarray(0, 20), Buffer.alloc(50, 255)]), /it is damaged or cut off: /],
    [
      'a tar that ends within a file',
      () => gzipSync(tarOf([member('package/a', { content: 'x'.repeat(2000) })]).subarray(0, 1024)),
      /the archive is cut off/,
    ],
    [
      'a file that leaves the package',
      () => packed(member('package/../../../etc/passwd')),
      /its file "package\/\.\.\/\.\.\/\.\.\/etc\/passwd" would lie outside of the package\.$/,
    ],
    ['an absolute path', () => packed(member('/etc/passwd')), /its file "\/etc\/passwd" would lie outside of the package/],
    ['a path of Windows', () => packed(member('package\\..\\..\\x')), /would lie outside of the package/],
    ['a link', () => packed(member('package/x', { kind: '2', content: '' })), /"package\/x" is a link or a device/],
    ['a hard link', () => packed(member('package/x', { kind: '1', content: '' })), /"package\/x" is a link or a device/],
    ['a file of a negative size', () => packed(member('package/x', { size: -1 })), /is no tar archive, or is damaged|a file of no size/],
    ['a file that claims to be huge', () => packed(member('package/x', { size: 2 ** 40 })), /its file "package\/x" is larger than 128 MB/],
    ['a header without end', () => packed(member('x', { kind: 'L', size: 2 ** 30 })), /a header that is too long/],
    ['a header that is wrong', () => packed(member('x', { kind: 'x', content: '99 path=' })), /a header that cannot be read/],
    ['a zip that is none', () => 'PK nothing', /it is no zip archive that can be read: /],
  ];
  test.each(files)('%s', async (name, make, message) => {
    const path = written(`${name.replaceAll(' ', '-')}.bin`, make());
    const said = await messageOf(surveyPackage(path));
    expect(said).toMatch(message);
    expect(said.startsWith(`${path} is not a package that can be installed: `)).toBe(true);
  });

  const manifests: [string, unknown, RegExp][] = [
    ['broken JSON', '{"name":', /its package\.json is no JSON: /],
    ['no object', '[]', /its package\.json is no JSON object\.$/],
    ['no name', { ...manifest, name: undefined }, /its package\.json has no name, such as/],
    ['a name that is none', { ...manifest, name: '../x' }, /its package\.json has no name/],
    ['no version', { ...manifest, version: 1 }, /its package\.json has no version, such as/],
    [
      'another version of FHIR',
      { ...manifest, fhirVersions: ['5.0.0'] },
      /example\.fhir#1\.0\.0 is for FHIR 5\.0\.0, but this server is one of FHIR R4 \(4\.0\.1\)\.$/,
    ],
    ['R4B', { ...manifest, fhirVersions: ['4.3.0'] }, /is for FHIR 4\.3\.0, but/],
    ['no version of FHIR', { ...manifest, fhirVersions: undefined }, /example\.fhir#1\.0\.0 names no version of FHIR, but/],
  ];
  test.each(manifests)('a manifest with %s', async (name, json, message) => {
    const path = written(`manifest ${name}.tgz`, tgzOf({ 'package.json': json }));
    expect(await messageOf(surveyPackage(path))).toMatch(message);
  });

  test('no package.json', async () => {
    const message = /there is no package\.json in it, or none in its folder "package"\.$/;
    expect(await messageOf(surveyPackage(written('bare.tgz', tgzOf({ 'ValueSet-a.json': {} }))))).toMatch(message);
    mkdirSync(join(folder, 'empty'));
    expect(await messageOf(surveyPackage(join(folder, 'empty')))).toMatch(message);
  });

  test('no file at all', async () => {
    expect(await messageOf(surveyPackage(join(folder, 'absent.tgz')))).toMatch(/there is no such file or folder\.$/);
  });

  test('a bomb: a little that unpacks to very much, before it is unpacked', async () => {
    const bomb = gzipSync(tarOf([{ path: 'package/a.json', content: Buffer.alloc(30 << 20) }]));
    expect(bomb.length).toBeLessThan(50_000);
    const path = written('bomb.tgz', bomb);
    expect(await messageOf(surveyPackage(path, { ...limits, unpacked: 1 << 20 }))).toMatch(
      /it is larger than 1 MB when it is unpacked, as no package is\.$/,
    );
    expect(await messageOf(surveyPackage(path, { ...limits, file: 1 << 20 }))).toMatch(
      /its file "package\/a\.json" is larger than 1 MB\.$/,
    );
  });

  test('a bomb behind what tells no size', async () => {
    const endless = gzipSync(
      Buffer.concat([tarOf([{ path: 'package/x', kind: '5', size: 30 << 20 }]).subarray(0, 512), Buffer.alloc(30 << 20)]),
    );
    expect(await messageOf(surveyPackage(written('endless.tgz', endless), { ...limits, unpacked: 1 << 20 }))).toMatch(/larger than 1 MB/);
  });

  test('too many files', async () => {
    const path = written('many.tgz', tgzOf(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`a${i}.json`, '']))));
    expect(await messageOf(surveyPackage(path, { ...limits, files: 10 }))).toMatch(/it has more than 10 files, as no package has\.$/);
  });

  test('links in a folder lead nowhere', async () => {
    written('linked/package.json', JSON.stringify(manifest));
    symlinkSync('/etc/hostname', join(folder, 'linked', 'ValueSet-x.json'));
    expect(Object.keys(await filesOf(join(folder, 'linked')))).toEqual(['package.json']);
  });
});

describe('What a package builds on', () => {
  const known = [
    { name: 'a', version: '1.0.2', fhirVersions: [], dependencies: {} },
    { name: 'a', version: '1.1.0', fhirVersions: [], dependencies: {} },
    { name: 'b', version: '2.0.0', fhirVersions: [], dependencies: {} },
  ];
  const missing = (dependencies: Record<string, string>) => missingDependencies({ ...manifest, dependencies }, known);

  test('is there by name and version', () => {
    expect(missing({ a: '1.1.0', b: '2.0.0' })).toEqual([]);
  });

  test('is there by any patch, or any version, where that is asked for', () => {
    expect(missing({ a: '1.0.x', b: 'current' })).toEqual([]);
    expect(missing({ a: '1.2.x' })).toEqual(['a#1.2.x (there is 1.0.2, 1.1.0)']);
  });

  test('is named where it is missing', () => {
    expect(missing({ a: '1.0.3', c: '1.0.0' })).toEqual(['a#1.0.3 (there is 1.0.2, 1.1.0)', 'c#1.0.0']);
  });
});

describe('An older version than the one that comes with the server', () => {
  const version = (text: string) => ({ name: 'a', version: text, fhirVersions: [], dependencies: {} });
  const shipped = [version('1.0.0'), version('2.0.0'), { ...version('9.0.0'), name: 'b' }];

  test('is what canonicals without a version mean from then on, which is told', () => {
    expect(olderMeaning(version('1.0.0'), shipped, [])).toBe(
      'Without a version, its canonicals now mean 1.0.0, no longer 2.0.0, which comes with the server: name the version (url|2.0.0) where that is meant.\n',
    );
    expect(olderMeaning(version('0.9.0'), shipped, [version('1.5.0')])).toContain('now mean 1.5.0, no longer 2.0.0');
  });

  test.each([
    ['the same', '2.0.0', []],
    ['a newer one', '10.0.0', []],
    ['an older one beside a newer one that is installed', '1.0.0', [version('3.0.0')]],
  ])('is no matter for %s', (_case, text, installed) => {
    expect(olderMeaning(version(text), shipped, installed)).toBe('');
  });

  test('is no matter for a package that does not come with the server', () => {
    expect(olderMeaning({ ...version('1.0.0'), name: 'c' }, shipped, [])).toBe('');
  });
});
