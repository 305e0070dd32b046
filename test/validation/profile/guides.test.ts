/** Guides that publish differentials only, and a guide of documents, where the shared data lies beside the project. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { createProfiles } from '../../../src/validation/profile/profiles.ts';
import type { Report } from '../../../src/validation/validation.ts';
import { memorySource, readZip } from '../../support/conformance-source.ts';
import { around, definitions } from '../../support/profile-check.ts';
import { sharedData } from '../../support/shared-data.ts';

const core = sharedData('ig-packages', 'hl7.fhir.r4.core-4.0.1.zip');
const isDefinition = (name: string): boolean => /(^|\/)StructureDefinition-/.test(name);

async function guideOf(zip: string) {
  const [specified, own] = await Promise.all([readZip(core ?? '', isDefinition), readZip(zip, isDefinition)]);
  const structures = own.map(([, resource]) => resource);
  return { structures, profiles: createProfiles(definitions, memorySource(...specified.map(([, resource]) => resource), ...structures)) };
}

type Guide = Awaited<ReturnType<typeof guideOf>>;

async function errorsAgainst({ profiles }: Guide, resource: Resource, canonical: string): Promise<readonly string[]> {
  const found: string[] = [];
  const report: Report = {
    add: (severity, _code, at, text) => void (severity === 'error' && found.push(`${at}: ${text}`)),
    ask: () => undefined,
  };
  const profile = await profiles.prepare(canonical);
  if (profile === undefined) return [`${canonical} is not known`];
  profile.check(resource, resource.resourceType, report, around(resource));
  return found;
}

const examplesIn = (folder: string): Resource[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Resource);

const claimed = ({ meta }: Resource): string[] => (Array.isArray(meta?.['profile']) ? (meta['profile'] as string[]) : []);

// Skipped where the shared data does not lie beside the project: a clone alone has nothing to read here.
const suite = core === undefined ? describe.skip : describe;

suite('guides', () => {
  test('each example of CGM conforms to the profile that it is named after, and observations to no other', async () => {
    const guide = await guideOf(sharedData('cgm', 'hl7-cgm-definitions.zip') ?? '');
    const plain = (text: string): string =>
      text
        .toLowerCase()
        .replaceAll('-', '')
        .replace(/example$/, '');
    for (const example of examplesIn(sharedData('cgm', 'hl7-cgm-examples') ?? '')) {
      const fitting: string[] = [];
      for (const { type, url } of guide.structures as unknown as { type: string; url: string }[])
        if (type === example.resourceType && (await errorsAgainst(guide, example, url)).length === 0)
          fitting.push(plain(url.slice(url.lastIndexOf('/') + 1)));
      const named = guide.structures.some(({ url }) => plain(String(url)).endsWith(`/${plain(example.id ?? '')}`));
      if (named) expect(fitting).toContain(plain(example.id ?? ''));
      if (example.resourceType === 'Observation') expect(fitting).toHaveLength(1);
    }
  }, 60_000);

  test('the examples of Genomics Reporting conform to what they claim', async () => {
    const guide = await guideOf(sharedData('genomics', 'genomics-reporting-definitions.zip') ?? '');
    const faults: string[] = [];
    let claims = 0;
    for (const example of examplesIn(sharedData('genomics', 'genomics-reporting-examples') ?? ''))
      for (const canonical of claimed(example)) {
        claims++;
        faults.push(...(await errorsAgainst(guide, example, canonical)).map((fault) => `${example.id} ${fault}`));
      }
    expect(claims).toBeGreaterThan(50);
    expect(faults).toEqual([]);
  }, 60_000);

  test('the documents of the International Patient Summary conform, and are refused without their Composition', async () => {
    const zip = sharedData('ig-packages', 'hl7.fhir.uv.ips-1.1.0.zip') ?? '';
    const guide = await guideOf(zip);
    const bundles = (await readZip(zip, (name) => /example\/Bundle-/.test(name))).map(([, resource]) => resource);
    const profile = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips';
    expect(bundles.length).toBeGreaterThan(2);
    for (const bundle of bundles) {
      expect(await errorsAgainst(guide, bundle, profile)).toEqual([]);
      const headless = { ...bundle, entry: (bundle['entry'] as unknown[]).slice(1) } as Resource;
      expect((await errorsAgainst(guide, headless, profile)).join()).toContain('Slice Bundle.entry:composition: there are 0 items');
    }
  }, 60_000);
});
