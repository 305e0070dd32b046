/** Terminology over several sources: which definition counts, how changes are noticed, what is refused and how. */
import { describe, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import { createTerminology } from '../../src/terminology/create-terminology.ts';
import { Shelf } from '../../src/terminology/shelf.ts';
import type { TerminologySource } from '../../src/terminology/source.ts';
import type { Terminology } from '../../src/terminology/terminology.ts';
import { type Definition, MemoryStore, memorySource, terminologyOf } from '../support/terminology.ts';

const system = (codes: readonly string[], more: object = {}): Definition => ({
  resourceType: 'CodeSystem',
  url: 'urn:colours',
  content: 'complete',
  concept: codes.map((code) => ({ code, display: code.toUpperCase() })),
  ...more,
});

const valueSet = (compose: object, more: object = {}): Definition => ({ resourceType: 'ValueSet', url: 'urn:set', compose, ...more });
const listing = (...codes: string[]): object => ({ include: [{ system: 'urn:colours', concept: codes.map((code) => ({ code })) }] });
const whole = { include: [{ system: 'urn:colours' }] };

const codesOf = async (terminology: Terminology, reference = 'urn:set'): Promise<string[]> =>
  (await terminology.expand(reference)).codes.map(({ code }) => code);

async function refusal(run: Promise<unknown>): Promise<FhirError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FhirError)) throw new Error(`not refused: ${error}`);
  return error;
}

/** A clock that stands until it is moved. */
class Clock {
  time = 0;
  readonly now = (): number => this.time;
}

describe('A value set is found', () => {
  test('by its canonical, as the newest of its versions', async () => {
    const terminology = terminologyOf([
      valueSet(listing('two'), { version: '2.0.0' }),
      valueSet(listing('ten'), { version: '10.0.0' }),
      valueSet(listing('none')),
    ]);
    expect(await terminology.expand('urn:set')).toMatchObject({ url: 'urn:set', version: '10.0.0' });
    expect(await codesOf(terminology)).toEqual(['ten']);
  });

  test('by its canonical and version', async () => {
    const terminology = terminologyOf([valueSet(listing('two'), { version: '2.0.0' }), valueSet(listing('ten'), { version: '10.0.0' })]);
    expect(await codesOf(terminology, 'urn:set|2.0.0')).toEqual(['two']);
  });

  test('in the first source that has it', async () => {
    const sources = [
      memorySource([valueSet(listing('first'), { version: '1' })]),
      memorySource([valueSet(listing('second'), { version: '2' })]),
    ];
    const terminology = createTerminology({ sources });
    expect(await codesOf(terminology)).toEqual(['first']);
    expect(await codesOf(terminology, 'urn:set|2')).toEqual(['second']);
  });

  test('among what clients stored before what comes with the server', async () => {
    const stored = new MemoryStore();
    stored.put('1', valueSet(listing('stored'), { version: '1' }));
    expect(await codesOf(terminologyOf([valueSet(listing('shipped'), { version: '9' })], { stored }))).toEqual(['stored']);
  });

  test.each(['ValueSet/1', 'http://here/fhir/ValueSet/1'])('by the literal reference %s', async (reference) => {
    const stored = new MemoryStore();
    const { url, ...nameless } = valueSet(listing('red'));
    expect(url).toBe('urn:set');
    stored.put('1', nameless as Definition);
    const terminology = terminologyOf([], { stored, bases: ['http://here/fhir'] });
    expect(await terminology.expand(reference)).toMatchObject({ url: 'ValueSet/1', codes: [{ code: 'red' }] });
  });

  test('by its canonical where nothing lies at the place that it names', async () => {
    const url = 'http://here/fhir/ValueSet/1';
    const terminology = terminologyOf([valueSet(listing('red'), { url })], { stored: new MemoryStore(), bases: ['http://here/fhir'] });
    expect(await codesOf(terminology, url)).toEqual(['red']);
  });

  test('with the version of its code system that it names', async () => {
    const compose = { include: [{ system: 'urn:colours', version: '1' }] };
    const terminology = terminologyOf([valueSet(compose), system(['one'], { version: '1' }), system(['two'], { version: '2' })]);
    expect(await codesOf(terminology)).toEqual(['one']);
  });

  test('with the newest code system where it names none', async () => {
    const terminology = terminologyOf([valueSet(whole), system(['one'], { version: '1' }), system(['two'], { version: '2' })]);
    expect(await codesOf(terminology)).toEqual(['two']);
  });

  test('with the versions of value sets that it imports', async () => {
    const compose = { include: [{ valueSet: ['urn:other|1'] }] };
    const other = (code: string, version: string): Definition => valueSet(listing(code), { url: 'urn:other', version });
    expect(await codesOf(terminologyOf([valueSet(compose), other('one', '1'), other('two', '2')]))).toEqual(['one']);
  });

  test('with code systems and imports of different sources', async () => {
    const stored = new MemoryStore();
    stored.put('1', valueSet({ include: [{ valueSet: ['urn:other'] }] }));
    const terminology = terminologyOf([valueSet(whole, { url: 'urn:other' }), system(['red', 'blue'])], { stored });
    expect(await codesOf(terminology)).toEqual(['red', 'blue']);
  });
});

describe('A change', () => {
  function changing() {
    const stored = new MemoryStore();
    const clock = new Clock();
    stored.put('set', valueSet({ include: [{ valueSet: ['urn:other'] }, { system: 'urn:colours' }] }));
    stored.put('other', valueSet({ include: [{ system: 'urn:x', concept: [{ code: 'x1' }] }] }, { url: 'urn:other' }));
    stored.put('colours', system(['red']));
    return { stored, clock, terminology: terminologyOf([], { stored, now: clock.now }) };
  }

  test.each<[string, (stored: MemoryStore) => void, string[]]>([
    ['of the value set', (stored) => stored.put('set', valueSet(whole)), ['red']],
    [
      'of a value set that it imports',
      (stored) => stored.put('other', valueSet({ include: [{ system: 'urn:x', concept: [{ code: 'x2' }] }] }, { url: 'urn:other' })),
      ['x2', 'red'],
    ],
    ['of a code system', (stored) => stored.put('colours', system(['green', 'red'])), ['x1', 'green', 'red']],
    ['by a newer version', (stored) => stored.put('new', valueSet(listing('red'), { version: '2' })), ['red']],
  ])('%s is seen at once when it is announced, and within a second when it is not', async (_sentence, change, expected) => {
    for (const announced of [true, false]) {
      const { stored, clock, terminology } = changing();
      expect(await codesOf(terminology)).toEqual(['x1', 'red']);
      change(stored);
      if (announced) terminology.changed();
      else clock.time += 1000;
      expect(await codesOf(terminology)).toEqual(expected);
    }
  });

  test('by deletion is seen', async () => {
    const { stored, terminology } = changing();
    await terminology.expand('urn:set');
    stored.delete('ValueSet', 'set');
    terminology.changed();
    expect((await refusal(terminology.expand('urn:set'))).message).toBe(
      'ValueSet urn:set cannot be expanded: the value set urn:set is not loaded',
    );
  });

  test('that does not come costs no question for a moment, and then one for each definition', async () => {
    const { stored, clock, terminology } = changing();
    const first = await terminology.expand('urn:set');
    const asked = stored.asked;
    expect(asked).toBe(4);
    expect((await terminology.expand('urn:set')).codes).toBe(first.codes);
    expect(stored.asked).toBe(asked);
    clock.time += 1000;
    expect((await terminology.expand('urn:set')).codes).toBe(first.codes);
    expect(stored.asked).toBe(asked + 4);
  });

  test('of what was not there before is seen', async () => {
    const { stored, terminology } = changing();
    await refusal(terminology.expand('urn:new'));
    stored.put('new', valueSet(listing('red'), { url: 'urn:new' }));
    terminology.changed();
    expect(await codesOf(terminology, 'urn:new')).toEqual(['red']);
  });

  test('does not let those who wait for the same value set ask twice', async () => {
    const { stored, terminology } = changing();
    const all = await Promise.all(Array.from({ length: 20 }, () => codesOf(terminology)));
    expect(all).toHaveLength(20);
    expect(stored.asked).toBe(4);
  });

  test('of a code is seen by every look-up', async () => {
    const { stored, terminology } = changing();
    expect((await terminology.lookUp('urn:colours', 'green')).result).toBe('no');
    stored.put('colours', system(['green']));
    terminology.changed();
    expect((await terminology.lookUp('urn:colours', 'green')).result).toBe('yes');
    expect((await terminology.descendants('urn:colours', 'green')).map(({ code }) => code)).toEqual(['green']);
    expect((await terminology.contains('urn:set', { system: 'urn:colours', code: 'green' })).result).toBe('yes');
  });
});

describe('A source that fails', () => {
  test('is asked again the next time', async () => {
    let broken = true;
    const good = memorySource([valueSet(listing('red'))]);
    const source: TerminologySource = {
      find: (kind, url) => (broken ? Promise.reject(new Error('connection lost')) : good.find(kind, url)),
    };
    const terminology = createTerminology({ sources: [source] });
    await expect(terminology.expand('urn:set')).rejects.toThrow('connection lost');
    broken = false;
    expect(await codesOf(terminology)).toEqual(['red']);
  });
});

describe('Two terminologies on one shelf', () => {
  test('see each what they may see', async () => {
    const shelf = new Shelf();
    const [one, other] = [new MemoryStore(), new MemoryStore()];
    one.put('1', valueSet(listing('red')));
    expect(await codesOf(terminologyOf([], { stored: one, shelf }))).toEqual(['red']);
    expect((await refusal(terminologyOf([], { stored: other, shelf }).expand('urn:set'))).status).toBe(400);
  });
});

describe('Codes of a hierarchy', () => {
  const tree = system([], { caseSensitive: true, concept: [{ code: 'a', concept: [{ code: 'b', concept: [{ code: 'c' }] }] }] });

  test('are given with those below and above', async () => {
    const terminology = terminologyOf([tree]);
    expect((await terminology.descendants('urn:colours', 'b')).map(({ code }) => code)).toEqual(['b', 'c']);
    expect((await terminology.ancestors('urn:colours', 'b')).map(({ code }) => code)).toEqual(['b', 'a']);
  });

  test.each<[string, Definition[], string]>([
    ['its system is not loaded', [], 'the code system urn:colours is not loaded'],
    ['its system is loaded in part', [{ ...tree, content: 'fragment' }], 'only some codes of urn:colours are loaded (content: fragment)'],
    ['its system has no such code', [system(['x'])], 'urn:colours has no code "b"'],
    [
      'the hierarchy means something else',
      [{ ...tree, hierarchyMeaning: 'part-of' }],
      'the hierarchy of urn:colours is part-of, which says nothing about is-a',
    ],
  ])('are refused when %s', async (_sentence, definitions, why) => {
    const terminology = terminologyOf(definitions);
    for (const related of [terminology.descendants('urn:colours', 'b'), terminology.ancestors('urn:colours', 'b')]) {
      const { status, message } = await refusal(related);
      expect({ status, message }).toEqual({
        status: 400,
        message: `What subsumes urn:colours|b, and what it subsumes, is not known: ${why}`,
      });
    }
  });
});

describe('A code', () => {
  test('is looked up with its display', async () => {
    expect(await terminologyOf([system(['red'])]).lookUp('urn:colours', 'red')).toMatchObject({
      result: 'yes',
      concept: { display: 'RED' },
    });
  });

  test('is no code where the whole system does not have it, and not known where the system is not here', async () => {
    expect((await terminologyOf([system(['red'])]).lookUp('urn:colours', 'pink')).result).toBe('no');
    expect((await terminologyOf([system(['red'], { content: 'example' })]).lookUp('urn:colours', 'pink')).result).toBe('unknown');
    expect((await terminologyOf([]).lookUp('urn:colours', 'pink')).result).toBe('unknown');
  });

  test('is not known to be in a value set that is not loaded', async () => {
    expect(await terminologyOf([]).contains('urn:set', { code: 'x' })).toMatchObject({
      result: 'unknown',
      reason: { text: 'the value set urn:set is not loaded' },
    });
  });

  test('is in a value set with its system, or without one where the element implies it', async () => {
    const members = await terminologyOf([valueSet(whole), system(['red'])]).members('urn:set');
    expect(members({ system: 'urn:colours', code: 'red' }).result).toBe('yes');
    expect(members({ system: 'urn:other', code: 'red' }).result).toBe('no');
    expect(members({ code: 'red' }).result).toBe('yes');
  });
});

describe('An expansion is refused with 400', () => {
  test.each<[string, Definition[], string, string, string]>([
    ['by an unknown value set', [], 'urn:set', 'not-found', 'ValueSet urn:set cannot be expanded: the value set urn:set is not loaded'],
    [
      'by an unknown version, naming those that are there',
      [valueSet(whole, { version: '1' })],
      'urn:set|2',
      'not-found',
      'ValueSet urn:set|2 cannot be expanded: version 2 of the value set urn:set is not loaded: there is 1',
    ],
    [
      'by a code system that is not loaded, naming the value set as it was found',
      [valueSet(whole, { version: '1' })],
      'urn:set',
      'not-found',
      'ValueSet urn:set|1 cannot be expanded: the code system urn:colours is not loaded',
    ],
    [
      'by what cannot be done without a terminology service',
      [valueSet(whole), system([], { content: 'not-present' })],
      'urn:set',
      'not-supported',
      'ValueSet urn:set cannot be expanded: the codes of urn:colours are not loaded',
    ],
  ])('%s', async (_sentence, definitions, reference, code, message) => {
    const error = await refusal(terminologyOf(definitions).expand(reference));
    expect({ status: error.status, code: error.issues[0]?.code, message: error.message }).toEqual({ status: 400, code, message });
  });

  test('by more codes than are allowed', async () => {
    const error = await refusal(terminologyOf([valueSet(whole), system(['a', 'b', 'c'])], { mostCodes: 2 }).expand('urn:set'));
    expect(error.status).toBe(400);
    expect(error.message).toBe('ValueSet urn:set cannot be expanded: it holds more than 2 codes');
  });

  test('by definitions that lead to more and more others', async () => {
    const others = Array.from({ length: 1200 }, (_, i) => valueSet(listing('red'), { url: `urn:${i}` }));
    const compose = { include: others.map(({ url }) => ({ valueSet: [url] })) };
    const error = await refusal(terminologyOf([valueSet(compose), ...others]).expand('urn:set'));
    expect(error.status).toBe(400);
    expect(error.message).toBe('ValueSet urn:set cannot be expanded: it leads to more than 1000 other definitions');
  });
});
