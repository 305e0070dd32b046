/** Compressed lines of resources. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseJson, printJson } from '../../src/fhir/json.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { pinned } from '../../src/packages/pinned.ts';
import { readLines } from '../../src/packages/resource-lines.ts';
import { wantedPackages } from '../../src/packages/wanted.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis lines '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (text: string): string => {
  const path = join(folder, 'lines.ndjson.gz');
  writeFileSync(path, gzipSync(text));
  return path;
};

describe('A file of lines', () => {
  test('gives resources by canonical, each version of its own', () => {
    const resources = [
      { resourceType: 'ValueSet', url: 'urn:a', version: '1', title: 'Größe' },
      { resourceType: 'ValueSet', url: 'urn:a', version: '2' },
      { resourceType: 'ValueSet', url: 'urn:b' },
    ];
    const lines = readLines(written(resources.map((each) => `${JSON.stringify(each)}\n`).join('')));
    expect([...lines.keys()]).toEqual(['urn:a', 'urn:b']);
    expect(lines.get('urn:a')?.map(({ version, read }) => [version, read()])).toEqual([
      ['1', resources[0]],
      ['2', resources[1]],
    ]);
    expect(lines.get('urn:b')?.map(({ version, read }) => [version, read()])).toEqual([[undefined, resources[2]]]);
  });

  test('parses only what is asked for, anew each time', () => {
    const [line] = readLines(written('{"resourceType":"ValueSet","url":"urn:a", broken\n')).get('urn:a') ?? [];
    expect(() => line?.read()).toThrow(SyntaxError);
    const [good] = readLines(written('{"resourceType":"ValueSet","url":"urn:a"}\n')).get('urn:a') ?? [];
    expect(good?.read()).not.toBe(good?.read());
  });

  test.each(['{"url":"urn:a","resourceType":"ValueSet"}\n', '{"resourceType":"ValueSet","url":"urn:a"}', '\n', 'x\n'])(
    'that was made by something else is refused with its name: %j',
    (text) => {
      expect(() => readLines(written(text))).toThrow(/lines\.ndjson\.gz is not what the scripts make/);
    },
  );
});

describe('Canonicals without version in the older of two packages', () => {
  const own = (url: string): string | undefined => (url === 'urn:own' ? '1.0' : undefined);

  test('are given its version where they name what it has', () => {
    const found = pinned(
      {
        resourceType: 'StructureDefinition',
        baseDefinition: 'urn:own',
        differential: {
          element: [
            {
              type: [
                { code: 'Extension', profile: ['urn:own', 'urn:other'] },
                { code: 'Reference', targetProfile: ['urn:own|2.0'] },
              ],
            },
            { binding: { valueSet: 'urn:own', extension: [{ url: 'urn:own', valueCanonical: 'urn:own' }] } },
          ],
        },
      },
      own,
    );
    expect(found).toEqual({
      resourceType: 'StructureDefinition',
      baseDefinition: 'urn:own|1.0',
      differential: {
        element: [
          {
            type: [
              { code: 'Extension', profile: ['urn:own|1.0', 'urn:other'] },
              { code: 'Reference', targetProfile: ['urn:own|2.0'] },
            ],
          },
          { binding: { valueSet: 'urn:own|1.0', extension: [{ url: 'urn:own', valueCanonical: 'urn:own|1.0' }] } },
        ],
      },
    });
  });

  test('keep the digits of decimals', () => {
    const text = '{"resourceType":"StructureDefinition","element":[{"patternQuantity":{"value":1.50}}]}';
    expect(printJson(pinned(parseJson(text) as Resource, own))).toBe(text);
  });

  test('are those of value sets too, and nothing else is touched', () => {
    const resource = {
      resourceType: 'ValueSet',
      url: 'urn:own',
      fixedUri: 'urn:own',
      compose: { include: [{ system: 'urn:own', valueSet: ['urn:own'] }] },
    };
    expect(pinned(resource, own)).toEqual({
      ...resource,
      compose: { include: [{ system: 'urn:own', version: '1.0', valueSet: ['urn:own|1.0'] }] },
    });
  });
});

describe('PACKAGES', () => {
  const manifest = (name: string, version: string) => ({ name, version, fhirVersions: ['4.0.1'], dependencies: {} });
  const shipped = [manifest('hl7.fhir.r4.core', '4.0.1'), manifest('a', '1'), manifest('a', '2'), manifest('b', '1')];
  const wanted = (names: 'all' | readonly string[]): string[] =>
    shipped.filter(wantedPackages(names, shipped)).map(({ name, version }) => `${name}#${version}`);

  test('all are wanted unless told otherwise', () => {
    expect(wanted('all')).toHaveLength(4);
  });

  test('R4 itself is always wanted', () => {
    expect(wanted([])).toEqual(['hl7.fhir.r4.core#4.0.1']);
  });

  test('one is named with or without version', () => {
    expect(wanted(['a#1', 'b'])).toEqual(['hl7.fhir.r4.core#4.0.1', 'a#1', 'b#1']);
    expect(wanted(['a'])).toEqual(['hl7.fhir.r4.core#4.0.1', 'a#1', 'a#2']);
  });

  test('one that is not there is an error that says what is', () => {
    expect(() => wantedPackages(['a#3'], shipped)).toThrow(
      /^PACKAGES names a#3, which does not come with the server; there is hl7\.fhir\.r4\.core#4\.0\.1, a#1,/,
    );
  });
});
