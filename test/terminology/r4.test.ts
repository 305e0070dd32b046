/** The value sets and code systems that come with the server. https://hl7.org/fhir/R4/terminologies-valuesets.html */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import { projectFile } from '../../src/root.ts';
import { createTerminology } from '../../src/terminology/create-terminology.ts';
import { packedSource } from '../../src/terminology/packed-source.ts';

const terminology = createTerminology();

const textOf = (kind: string): string => gunzipSync(readFileSync(projectFile('terminology', `r4-${kind}.ndjson.gz`))).toString('utf8');
const urlsOf = (kind: string): string[] =>
  textOf(kind)
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { url: string }).url);

const codesOf = async (valueSet: string): Promise<string[]> => (await terminology.expand(valueSet)).codes.map(({ code }) => code);

/** Reasons with what differs from value set to value set left out. */
const kindOf = ({ message }: FhirError): string =>
  message
    .replace(/^ValueSet \S+ cannot be expanded: /, '')
    .replace(/http:\/\/snomed\.info\/sct/, 'SNOMED CT')
    .replace(/(urn:|https?:)\S+/, '…');

async function outcomes(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const count = (name: string, by = 1): void => {
    counts[name] = (counts[name] ?? 0) + by;
  };
  for (const url of urlsOf('ValueSet')) {
    try {
      const { codes } = await terminology.expand(url);
      count('expanded');
      count('codes', codes.length);
      if (codes.length === 0) count('empty');
    } catch (error) {
      if (!(error instanceof FhirError) || error.status !== 400) throw error;
      count(kindOf(error));
    }
  }
  return counts;
}

describe('The value sets of R4', () => {
  test('are all expanded, or refused with a reason', async () => {
    expect(await outcomes()).toEqual({
      expanded: 1206,
      codes: 31930,
      'the codes of SNOMED CT are not loaded': 52,
      'the code system … is not loaded': 33,
      'the codes of … follow a grammar and cannot all be listed': 10,
      'only some codes of … are loaded (content: example)': 4,
      'only some codes of … are loaded (content: fragment)': 1,
      'the codes of … are not loaded': 2,
      'the value set … is not loaded': 2,
      'version 3.6.0 of the code system … is not loaded: there is 4.0.1': 1,
    });
  });

  test.each<[string, string[]]>([
    ['administrative-gender', ['male', 'female', 'other', 'unknown']],
    ['inactive', ['CRT', 'EVN.CRT', 'GOL.CRT', 'INT.CRT', 'PRMS.CRT', 'RQO.CRT', 'RSK.CRT', 'EXPEC', 'GOL', 'RSK', 'OPT']],
    ['patient-contactrelationship', ['BP', 'C', 'CP', 'E', 'EP', 'F', 'I', 'N', 'PR', 'S', 'U']],
    ['v3-ActEncounterCode', ['AMB', 'EMER', 'FLD', 'HH', 'IMP', 'ACUTE', 'NONAC', 'OBSENC', 'PRENC', 'SS', 'VR']],
  ])('hold what they should: %s', async (name, expected) => {
    const prefix = name.startsWith('v3-') ? 'http://terminology.hl7.org/ValueSet/' : 'http://hl7.org/fhir/ValueSet/';
    expect(await codesOf(prefix + name)).toEqual(expected);
  });

  test('are found as those of additional resource types', async () => {
    expect(await codesOf('http://hl7.org/fhir/ValueSet/genomicstudy-status')).toEqual([
      'registered',
      'available',
      'cancelled',
      'entered-in-error',
      'unknown',
    ]);
  });

  test('of all codes of a system need no definition of their own', async () => {
    expect(await codesOf('http://hl7.org/fhir/ValueSet/restful-interaction')).toContain('search-type');
    expect(urlsOf('ValueSet')).not.toContain('http://hl7.org/fhir/ValueSet/restful-interaction');
  });

  test('tell of codes of systems that are not loaded what the definition itself tells', async () => {
    const set = 'http://hl7.org/fhir/ValueSet/observation-vitalsignresult';
    expect((await terminology.contains(set, { system: 'http://loinc.org', code: '85354-9' })).result).toBe('yes');
    expect((await terminology.contains(set, { system: 'http://loinc.org', code: '1-8' })).result).toBe('no');
    const codes = await terminology.members('http://hl7.org/fhir/ValueSet/condition-code');
    expect(codes({ system: 'http://snomed.info/sct', code: '44054006' }).result).toBe('unknown');
    expect(codes({ system: 'http://loinc.org', code: '1-8' }).result).toBe('no');
  });
});

describe('The code systems of R4', () => {
  test('are there, each with its hierarchy', async () => {
    expect(urlsOf('CodeSystem')).toHaveLength(1060);
    const actClass = 'http://terminology.hl7.org/CodeSystem/v3-ActClass';
    expect((await terminology.ancestors(actClass, 'OBSSER')).map(({ code }) => code)).toContain('ACT');
    expect((await terminology.lookUp(actClass, 'OBS')).result).toBe('yes');
    const observations = (await terminology.descendants(actClass, 'OBS')).map(({ code }) => code);
    expect(observations).toContain('DGIMG');
    expect(observations).not.toContain('ENC');
  });

  test('that give a concept several parents by properties are followed', async () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
    const raw = JSON.parse(
      textOf('CodeSystem')
        .split('\n')
        .find((line) => line.includes(`"url":"${system}"`)) ?? '',
    ) as { concept: { code: string; property?: { code: string; valueCode: string }[]; concept?: unknown[] }[] };
    type Raw = (typeof raw.concept)[number];
    const flat = (concepts: readonly Raw[]): Raw[] => concepts.flatMap((one) => [one, ...flat((one.concept ?? []) as Raw[])]);
    const pairs = flat(raw.concept).flatMap(({ code, property = [] }) =>
      property.filter((one) => one.code === 'child').map(({ valueCode }) => [code, valueCode] as const),
    );
    expect(pairs.length).toBeGreaterThan(5);
    for (const [parent, child] of pairs) {
      expect((await terminology.descendants(system, parent)).map(({ code }) => code)).toContain(child);
    }
  });
});

describe('The file of value sets', () => {
  test('that was made by something else is refused with its name', async () => {
    await expect(packedSource(projectFile('test', 'fixtures', 'terminology')).find('ValueSet', 'urn:x')).rejects.toThrow(
      'r4-ValueSet.ndjson.gz is not what the scripts make',
    );
  });
});
