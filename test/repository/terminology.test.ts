/** Searches by value sets and code systems that clients store. https://hl7.org/fhir/R4/search.html#token */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

const base = 'http://here.example/fhir';
let open: TestRepository;
let repository: Repository;

const basic = (code: string): Resource => ({ resourceType: 'Basic', id: code, code: { coding: [{ system: 'urn:colours', code }] } });

const valueSet = (id: string, codes: readonly string[], more: object = {}): Resource => ({
  resourceType: 'ValueSet',
  id,
  url: `urn:${id}`,
  status: 'active',
  compose: { include: [{ system: 'urn:colours', concept: codes.map((code) => ({ code })) }] },
  ...more,
});

const codeSystem = (concept: readonly object[], id = 'colours', more: object = {}): Resource => ({
  resourceType: 'CodeSystem',
  id,
  url: 'urn:colours',
  status: 'active',
  content: 'complete',
  caseSensitive: true,
  concept,
  ...more,
});

const colours = codeSystem([{ code: 'red', concept: [{ code: 'crimson' }] }, { code: 'blue' }, { code: 'orange' }]);

const put = async (resource: Resource): Promise<void> => {
  await repository.commit([{ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource }]);
};

beforeAll(async () => {
  open = await testRepository({ base });
  repository = open.repository;
  await put(valueSet('warm', ['red', 'orange']));
  await put(colours);
  for (const code of ['red', 'crimson', 'blue', 'orange']) await put(basic(code));
});
afterAll(() => open.close());

async function found(text: string, within: Repository = repository): Promise<string[]> {
  const options = { strict: true, defaultCount: 50, maxCount: 50, now: new Date(), base };
  const query = parseSearch(definitions, 'Basic', [...new URLSearchParams(text)], options);
  return (await within.search(query)).matches.map(({ id }) => id).sort();
}

async function refusal(run: Promise<unknown>): Promise<{ status: number; message: string }> {
  const error = await run.catch((reason: unknown) => reason);
  if (!(error instanceof FhirError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  return { status: error.status, message: error.message };
}

describe('A stored value set', () => {
  test.each(['urn:warm', 'ValueSet/warm', `${base}/ValueSet/warm`])('is named by %s', async (reference) => {
    expect(await found(`code:in=${reference}`)).toEqual(['orange', 'red']);
    expect(await found(`code:not-in=${reference}`)).toEqual(['blue', 'crimson']);
  });

  test('is used as it is from its last write on', async () => {
    for (const code of ['red', 'blue', 'crimson', 'red']) {
      await put(valueSet('changing', [code]));
      expect(await found('code:in=urn:changing')).toEqual([code]);
      expect(await found('code:in=ValueSet/changing')).toEqual([code]);
    }
    await repository.commit([{ kind: 'delete', type: 'ValueSet', id: 'changing', at: '' }]);
    const message = 'cannot be expanded: the value set';
    expect(await refusal(found('code:in=urn:changing'))).toEqual({
      status: 400,
      message: `ValueSet urn:changing ${message} urn:changing is not loaded`,
    });
    expect((await refusal(found('code:in=ValueSet/changing'))).status).toBe(400);
  });

  test('is found with its version, and without one as the newest', async () => {
    await put(valueSet('v2', ['blue'], { url: 'urn:versioned', version: '2' }));
    await put(valueSet('v10', ['red'], { url: 'urn:versioned', version: '10' }));
    expect(await found('code:in=urn:versioned')).toEqual(['red']);
    expect(await found('code:in=urn:versioned|2')).toEqual(['blue']);
    expect((await refusal(found('code:in=urn:versioned|3'))).message).toMatch(/there is 10, 2$|there is 2, 10$/);
  });

  test('imports others and filters stored code systems', async () => {
    const include = [{ valueSet: ['urn:warm'] }, { system: 'urn:colours', filter: [{ property: 'concept', op: 'is-a', value: 'red' }] }];
    await put(valueSet('mixed', [], { compose: { include } }));
    expect(await found('code:in=urn:mixed')).toEqual(['crimson', 'orange', 'red']);
  });

  test('may have a canonical with characters that mean something in searches', async () => {
    const url = 'http://x.example/a,b$c';
    await put(valueSet('odd', ['blue'], { url }));
    expect(await found(`code:in=${encodeURIComponent('http://x.example/a\\,b\\$c')}`)).toEqual(['blue']);
  });

  test('goes before one of R4 with the same canonical', async () => {
    const url = 'http://hl7.org/fhir/ValueSet/basic-resource-type';
    expect(await found(`code:in=${url}`)).toEqual([]);
    await put(valueSet('basic', ['blue'], { url }));
    expect(await found(`code:in=${url}`)).toEqual(['blue']);
  });

  test('is found among more versions than are read at once', async () => {
    const changes = Array.from({ length: 130 }, (_, i) => {
      const resource = valueSet(`many-${i}`, [i === 64 ? 'red' : 'blue'], { url: 'urn:many', version: `1.${i}` });
      return { kind: 'update', type: 'ValueSet', id: `many-${i}`, at: `Bundle.entry[${i}].resource`, resource } as const;
    });
    await repository.commit(changes, { transaction: true });
    expect(await found('code:in=urn:many|1.64')).toEqual(['red']);
    expect(await found('code:in=urn:many')).toEqual(['blue']);
  });
});

describe('A stored code system', () => {
  test('says what is above and below', async () => {
    expect(await found('code:below=urn:colours|red')).toEqual(['crimson', 'red']);
    expect(await found('code:above=urn:colours|crimson')).toEqual(['crimson', 'red']);
  });

  test('is used as it is from its last write on', async () => {
    await put(codeSystem([{ code: 'red' }, { code: 'blue', concept: [{ code: 'crimson' }] }, { code: 'orange' }]));
    expect(await found('code:below=urn:colours|blue')).toEqual(['blue', 'crimson']);
    await put(colours);
    expect(await found('code:below=urn:colours|blue')).toEqual(['blue']);
  });
});

describe('Criteria of conditional interactions', () => {
  const conditional = (ifNoneExist: string) =>
    repository.commit([{ kind: 'create', type: 'Basic', at: '', resource: { resourceType: 'Basic', code: { text: 'new' } }, ifNoneExist }]);

  test('can ask for the codes of a stored value set', async () => {
    const [existing] = await conditional('code:in=urn:warm&_id=red');
    expect(existing?.outcome).toBe('existing');
  });

  test('are refused where the value set is not known', async () => {
    expect(await refusal(conditional('code:in=urn:nothing'))).toMatchObject({ status: 400 });
  });

  test('of many writers at once do not wait for each other', async () => {
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, i) => conditional(`code:in=urn:warm&_id=red&_lastUpdated=gt2000-01-${10 + (i % 15)}`)),
    );
    expect(all.map(([result]) => result?.outcome)).toEqual(all.map(() => 'existing'));
  });
});

describe('A search inside a transaction', () => {
  test('sees the value sets that the transaction wrote, and nobody else does', async () => {
    const resource = valueSet('inside', ['blue']);
    let seen: readonly string[] = [];
    const commit = repository.commit([{ kind: 'update', type: 'ValueSet', id: 'inside', at: '', resource }], {
      transaction: true,
      within: async (view) => {
        seen = await found('code:in=urn:inside', view);
        expect((await refusal(found('code:in=urn:inside'))).status).toBe(400);
        throw new Error('rolled back');
      },
    });
    await expect(commit).rejects.toThrow('rolled back');
    expect(seen).toEqual(['blue']);
    expect((await refusal(found('code:in=urn:inside'))).status).toBe(400);
  });
});

describe('Codes of a system in which case does not matter', () => {
  const coded = (id: string, code: string): Resource => ({ resourceType: 'Basic', id, code: { coding: [{ system: 'urn:icd', code }] } });
  const system = (caseSensitive: boolean | undefined, ...codes: readonly string[]): Resource => ({
    ...codeSystem(
      codes.map((code) => ({ code })),
      'icd',
    ),
    url: 'urn:icd',
    ...(caseSensitive === undefined ? { caseSensitive: undefined } : { caseSensitive }),
  });

  beforeAll(async () => {
    await put({ ...valueSet('icd', []), compose: { include: [{ system: 'urn:icd' }] } });
    for (const [id, code] of [
      ['defined', 'E11.9a'],
      ['small', 'e11.9a'],
      ['capital', 'E11.9A'],
      ['other', 'E12'],
    ] as const)
      await put(coded(id, code));
  });

  test('are found as they are defined, in small letters and in capitals', async () => {
    await put(system(false, 'E11.9a'));
    expect(await found('code:in=urn:icd')).toEqual(['capital', 'defined', 'small']);
    expect(await found('code:below=urn:icd|e11.9A')).toEqual(['capital', 'defined', 'small']);
    expect(await found('code:not-in=urn:icd&_id=capital,defined,small,other')).toEqual(['other']);
  });

  test('are found as they are defined where case does matter', async () => {
    await put(system(true, 'E11.9a'));
    expect(await found('code:in=urn:icd')).toEqual(['defined']);
  });

  test('are found as they are written where two of them differ in nothing else', async () => {
    await put(system(false, 'E11.9a', 'E11.9A'));
    expect(await found('code:in=urn:icd')).toEqual(['capital', 'defined']);
  });
});
