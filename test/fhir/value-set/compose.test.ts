/** What a definition of a value set holds: all codes at once, and code by code. https://hl7.org/fhir/R4/valueset.html#compositions */
import { describe, expect, test } from '@jest/globals';
import { type RawCodeSystem, readCodeSystem } from '../../../src/fhir/value-set/code-system.ts';
import { expandValueSet } from '../../../src/fhir/value-set/expansion.ts';
import { type LinkedValueSet, linkValueSet } from '../../../src/fhir/value-set/link.ts';
import { type Membership, memberOf, plainMemberOf } from '../../../src/fhir/value-set/membership.ts';
import { isReason, reason } from '../../../src/fhir/value-set/reason.ts';
import type { RawValueSet } from '../../../src/fhir/value-set/value-set.ts';

type Compose = NonNullable<RawValueSet['compose']>;

const rawSystems: readonly RawCodeSystem[] = [
  {
    url: 'urn:colours',
    content: 'complete',
    caseSensitive: true,
    concept: [
      {
        code: 'red',
        display: 'Red',
        concept: [{ code: 'crimson', property: [{ code: 'status', valueCode: 'retired' }] }, { code: 'ruby' }],
      },
      { code: 'blue', display: 'Blue' },
    ],
  },
  { url: 'urn:gems', content: 'complete', caseSensitive: false, concept: [{ code: 'Ruby' }, { code: 'Opal' }] },
  { url: 'urn:part', content: 'fragment', concept: [{ code: 'known', property: [{ code: 'p', valueCode: 'x' }] }] },
  { url: 'urn:elsewhere', content: 'not-present' },
];
const systems = new Map(rawSystems.map((raw) => [raw.url, readCodeSystem(raw)]));

const warm: RawValueSet = {
  url: 'urn:warm',
  compose: { include: [{ system: 'urn:colours', concept: [{ code: 'red' }, { code: 'ruby' }] }] },
};
const other = (url: string, compose: Compose): RawValueSet => ({ url, compose });
const sets = new Map(
  [
    warm,
    other('urn:cold', { include: [{ system: 'urn:colours', concept: [{ code: 'blue' }] }] }),
    other('urn:reddish', { include: [{ system: 'urn:colours', filter: [{ property: 'concept', op: 'is-a', value: 'red' }] }] }),
    other('urn:hidden', { include: [{ system: 'urn:elsewhere' }] }),
    other('urn:self', { include: [{ valueSet: ['urn:self'] }] }),
    other('urn:ping', { include: [{ valueSet: ['urn:pong'] }, { system: 'urn:colours', concept: [{ code: 'blue' }] }] }),
    other('urn:pong', { include: [{ valueSet: ['urn:ping'] }] }),
  ].map((set) => [set.url, set]),
);

function linked(raw: RawValueSet): LinkedValueSet {
  return linkValueSet(raw, {
    valueSet: (canonical) => sets.get(canonical) ?? reason('not-found', `${canonical} is not loaded`),
    codeSystem: (url) => systems.get(url) ?? reason('not-found', `${url} is not loaded`),
  });
}

const set = (compose: Compose): LinkedValueSet => linked({ url: 'urn:set', compose });

function listed(raw: LinkedValueSet, most?: number): string[] | string {
  const codes = expandValueSet(raw, most);
  return isReason(codes) ? `${codes.code}: ${codes.text}` : codes.map(({ system, code }) => `${system.slice(4)}|${code}`);
}

const told = (membership: Membership): string =>
  membership.result === 'unknown' ? `unknown: ${membership.reason.text}` : membership.result;

const colours = 'urn:colours';
const isA = (value: string) => ({ property: 'concept', op: 'is-a', value });

describe('A value set holds', () => {
  test.each<[string, Compose, string[]]>([
    ['all codes of a system', { include: [{ system: colours }] }, ['colours|red', 'colours|crimson', 'colours|ruby', 'colours|blue']],
    [
      'what it lists, in its order',
      { include: [{ system: colours, concept: [{ code: 'ruby' }, { code: 'red' }] }] },
      ['colours|ruby', 'colours|red'],
    ],
    ['listed codes of a system that is not here', { include: [{ system: 'urn:far', concept: [{ code: 'x' }] }] }, ['far|x']],
    ['no listed codes that the whole system does not define', { include: [{ system: colours, concept: [{ code: 'pink' }] }] }, []],
    ['listed codes as the system writes them', { include: [{ system: 'urn:gems', concept: [{ code: 'opal' }] }] }, ['gems|Opal']],
    [
      'what its filters select, all of them',
      { include: [{ system: colours, filter: [isA('red'), { property: 'code', op: 'regex', value: 'r.*' }] }] },
      ['colours|red', 'colours|ruby'],
    ],
    [
      'what any include selects, each code once',
      { include: [{ valueSet: ['urn:warm'] }, { system: colours, concept: [{ code: 'blue' }, { code: 'red' }] }] },
      ['colours|red', 'colours|ruby', 'colours|blue'],
    ],
    [
      'codes of the same name of two systems',
      {
        include: [
          { system: 'urn:a', concept: [{ code: 'x' }] },
          { system: 'urn:b', concept: [{ code: 'x' }] },
        ],
      },
      ['a|x', 'b|x'],
    ],
    ['what an imported value set holds', { include: [{ valueSet: ['urn:reddish'] }] }, ['colours|red', 'colours|crimson', 'colours|ruby']],
    ['what all value sets of an include hold', { include: [{ valueSet: ['urn:reddish', 'urn:warm'] }] }, ['colours|red', 'colours|ruby']],
    ['nothing where they have nothing in common', { include: [{ valueSet: ['urn:cold', 'urn:warm'] }] }, []],
    [
      'what is selected from a system and is in the value set',
      { include: [{ system: colours, filter: [isA('red')], valueSet: ['urn:warm'] }] },
      ['colours|red', 'colours|ruby'],
    ],
    ['nothing of other systems where a system is named', { include: [{ system: 'urn:gems', valueSet: ['urn:warm'] }] }, []],
    [
      'nothing that is excluded by listing',
      { include: [{ system: colours }], exclude: [{ system: colours, concept: [{ code: 'red' }] }] },
      ['colours|crimson', 'colours|ruby', 'colours|blue'],
    ],
    [
      'nothing that is excluded by a filter',
      { include: [{ system: colours }], exclude: [{ system: colours, filter: [isA('red')] }] },
      ['colours|blue'],
    ],
    [
      'nothing that is excluded by a value set',
      { include: [{ system: colours }], exclude: [{ valueSet: ['urn:warm'] }] },
      ['colours|crimson', 'colours|blue'],
    ],
    [
      'what is excluded from another system',
      { include: [{ system: colours }], exclude: [{ system: 'urn:gems' }] },
      ['colours|red', 'colours|crimson', 'colours|ruby', 'colours|blue'],
    ],
    [
      'what an exclusion that is not here cannot mean',
      { include: [{ system: colours, concept: [{ code: 'red' }] }], exclude: [{ system: 'urn:far' }] },
      ['colours|red'],
    ],
    [
      'inactive codes where it says nothing',
      { include: [{ valueSet: ['urn:reddish'] }] },
      ['colours|red', 'colours|crimson', 'colours|ruby'],
    ],
    [
      'no inactive codes where it wants none',
      { inactive: false, include: [{ valueSet: ['urn:reddish'] }] },
      ['colours|red', 'colours|ruby'],
    ],
    [
      'listed codes at a locked date',
      { lockedDate: '2012-06-13', include: [{ system: colours, concept: [{ code: 'red' }] }] },
      ['colours|red'],
    ],
  ])('%s', (_sentence, compose, expected) => {
    const linkedSet = set(compose);
    expect(listed(linkedSet)).toEqual(expected);
    for (const one of expected) {
      const [system = '', code = ''] = one.split('|');
      expect([one, told(memberOf(linkedSet, { system: `urn:${system}`, code }))]).toEqual([one, 'yes']);
    }
  });

  test('displays of its own, else those of the system', () => {
    const include = [{ system: colours, concept: [{ code: 'red', display: 'Rot' }, { code: 'blue' }] }];
    const codes = expandValueSet(set({ include }));
    expect(isReason(codes) || codes.map(({ display }) => display)).toEqual(['Rot', 'Blue']);
  });

  test('what its expansion lists when it brings no definition', () => {
    const contains = [
      { system: 'urn:a', code: 'x' },
      { display: 'group', contains: [{ system: 'urn:b', code: 'y', display: 'Y' }] },
    ];
    expect(listed(linked({ url: 'urn:set', expansion: { total: 2, contains } }))).toEqual(['a|x', 'b|y']);
  });

  test('what its definition says rather than its expansion', () => {
    const { compose } = warm;
    expect(listed(linked({ url: 'urn:set', ...(compose ? { compose } : {}), expansion: { contains: [] } }))).toEqual([
      'colours|red',
      'colours|ruby',
    ]);
  });
});

describe('A value set cannot be listed', () => {
  const fromSystem = (more: object = {}): Compose => ({ include: [{ system: colours, ...more }] });

  test.each<[string, Compose, string]>([
    ['when a system is not here', { include: [{ system: 'urn:far' }] }, 'not-found: urn:far is not loaded'],
    [
      'when a system is here by name only',
      { include: [{ system: 'urn:elsewhere' }] },
      'not-supported: the codes of urn:elsewhere are not loaded',
    ],
    [
      'when only some of a system is here',
      { include: [{ system: 'urn:part' }] },
      'not-supported: only some codes of urn:part are loaded (content: fragment)',
    ],
    ['when one of its includes cannot', { include: [{ system: colours }, { system: 'urn:far' }] }, 'not-found: urn:far is not loaded'],
    ['when an import is not here', { include: [{ valueSet: ['urn:nobody'] }] }, 'not-found: urn:nobody is not loaded'],
    ['when a second import is not here', { include: [{ valueSet: ['urn:warm', 'urn:nobody'] }] }, 'not-found: urn:nobody is not loaded'],
    ['when an import cannot', { include: [{ valueSet: ['urn:hidden'] }] }, 'not-supported: the codes of urn:elsewhere are not loaded'],
    [
      'when what is excluded is not known',
      { include: [{ system: colours }], exclude: [{ valueSet: ['urn:nobody'] }] },
      'not-found: urn:nobody is not loaded',
    ],
    ['when it imports one that imports itself', { include: [{ valueSet: ['urn:self'] }] }, 'invalid: urn:self imports itself'],
    ['when value sets import each other', { include: [{ valueSet: ['urn:ping'] }] }, 'invalid: urn:ping imports itself through urn:pong'],
    ['when a filter is refused', fromSystem({ filter: [isA('pink')] }), 'not-found: urn:colours has no code "pink"'],
    [
      'when it has both concepts and filters',
      fromSystem({ concept: [{ code: 'red' }], filter: [isA('red')] }),
      'invalid: an include or exclude has both concept and filter',
    ],
    [
      'when it has concepts without a system',
      { include: [{ concept: [{ code: 'red' }], valueSet: ['urn:warm'] }] },
      'invalid: an include or exclude has concepts or filters and no system',
    ],
    [
      'when it includes nothing that can be named',
      { include: [{}] },
      'invalid: an include or exclude names neither a system nor a value set',
    ],
    [
      'when a system is locked to a date',
      { lockedDate: '2012-06-13', include: [{ system: colours }] },
      'not-supported: it is locked to what urn:colours was on 2012-06-13, and no version of urn:colours is named',
    ],
  ])('%s', (_sentence, compose, why) => {
    expect(listed(set(compose))).toBe(why);
  });

  test('when it has neither definition nor expansion', () => {
    expect(listed(linked({ url: 'urn:set' }))).toBe('not-supported: it has neither compose nor expansion');
  });

  test.each([
    ['the total is higher', { total: 2 }],
    ['it is a later page', { offset: 1 }],
    ['it says so', { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/valueset-unclosed', valueBoolean: true }] }],
  ])('when its expansion is only a part: %s', (_sentence, more) => {
    const part = linked({ url: 'urn:set', expansion: { contains: [{ system: 'urn:a', code: 'x' }], ...more } });
    expect(listed(part)).toBe('not-supported: it has no compose, and its expansion holds only a part of its codes');
  });

  test('when it holds more than is allowed', () => {
    const whole = set({ include: [{ system: colours }] });
    expect(listed(whole, 4)).toHaveLength(4);
    expect(listed(whole, 3)).toBe('too-costly: it holds more than 3 codes');
  });

  test('when value sets import each other without end', () => {
    const chain = Array.from({ length: 150 }, (_, i) => other(`urn:${i}`, { include: [{ valueSet: [`urn:${i + 1}`] }] }));
    const byUrl = new Map(chain.map((one) => [one.url, one]));
    const start = linkValueSet(chain[0] as RawValueSet, {
      valueSet: (canonical) => byUrl.get(canonical) ?? warm,
      codeSystem: () => reason('not-found', 'nothing is loaded'),
    });
    expect(listed(start)).toBe('too-costly: value sets import each other more than 100 deep');
  });
});

describe('A code', () => {
  const member = (compose: Compose, system: string, code: string): string => told(memberOf(set(compose), { system, code }));

  test.each<[string, Compose, string, string, string]>([
    [
      'is in a value set that is known in part by what is known',
      { include: [{ system: 'urn:far' }, { system: colours }] },
      colours,
      'red',
      'yes',
    ],
    [
      'is not in it where the unknown part is of another system',
      { include: [{ system: 'urn:far' }, { system: colours }] },
      colours,
      'pink',
      'no',
    ],
    [
      'may be in it by what is not known',
      { include: [{ system: 'urn:far' }, { system: colours }] },
      'urn:far',
      'x',
      'unknown: urn:far is not loaded',
    ],
    [
      'may be in it by an import that is not here',
      { include: [{ valueSet: ['urn:nobody'] }] },
      colours,
      'red',
      'unknown: urn:nobody is not loaded',
    ],
    ['of a fragment is in it when it is found', { include: [{ system: 'urn:part' }] }, 'urn:part', 'known', 'yes'],
    [
      'of a fragment is in it when the filter holds',
      { include: [{ system: 'urn:part', filter: [{ property: 'p', op: '=', value: 'x' }] }] },
      'urn:part',
      'known',
      'yes',
    ],
    [
      'of a fragment may be in it when it is not found',
      { include: [{ system: 'urn:part' }] },
      'urn:part',
      'more',
      'unknown: only some codes of urn:part are loaded (content: fragment)',
    ],
    [
      'is excluded for certain',
      { include: [{ system: 'urn:far' }], exclude: [{ system: 'urn:far', concept: [{ code: 'x' }] }] },
      'urn:far',
      'x',
      'no',
    ],
    [
      'may be excluded',
      { include: [{ system: colours }], exclude: [{ valueSet: ['urn:nobody'] }] },
      colours,
      'red',
      'unknown: urn:nobody is not loaded',
    ],
    [
      'that is not included is not asked about exclusions',
      { include: [{ system: colours }], exclude: [{ valueSet: ['urn:nobody'] }] },
      'urn:a',
      'x',
      'no',
    ],
    ['is not in an intersection that one part denies', { include: [{ valueSet: ['urn:nobody', 'urn:warm'] }] }, colours, 'blue', 'no'],
    [
      'may be in an intersection that one part does not know',
      { include: [{ valueSet: ['urn:warm', 'urn:nobody'] }] },
      colours,
      'red',
      'unknown: urn:nobody is not loaded',
    ],
    [
      'is not known where a filter is refused',
      { include: [{ system: colours, filter: [isA('pink')] }] },
      colours,
      'red',
      'unknown: urn:colours has no code "pink"',
    ],
    [
      'is not known at a locked date',
      { lockedDate: '2012-06-13', include: [{ system: colours }] },
      colours,
      'red',
      'unknown: it is locked to what urn:colours was on 2012-06-13, and no version of urn:colours is named',
    ],
    [
      'that is inactive is not in a value set of active ones',
      { inactive: false, include: [{ system: colours }] },
      colours,
      'crimson',
      'no',
    ],
    ['is found in another case where the system allows it', { include: [{ system: 'urn:gems' }] }, 'urn:gems', 'RUBY', 'yes'],
    [
      'is found in a list in another case where the system allows it',
      { include: [{ system: 'urn:gems', concept: [{ code: 'Ruby' }] }] },
      'urn:gems',
      'ruby',
      'yes',
    ],
    ['is not found in another case where the system does not', { include: [{ system: colours }] }, colours, 'RED', 'no'],
  ])('%s', (_sentence, compose, system, code, expected) => {
    expect(member(compose, system, code)).toBe(expected);
  });

  const plain = (compose: Compose, code: string): string => told(plainMemberOf(set(compose), code));

  test.each<[string, Compose, string, string]>([
    ['is in a value set with any of its systems', { include: [{ system: 'urn:gems' }, { valueSet: ['urn:warm'] }] }, 'red', 'yes'],
    ['is not in it when no system has it', { include: [{ system: 'urn:gems' }, { valueSet: ['urn:warm'] }] }, 'blue', 'no'],
    [
      'is in it when only the same code of another system is excluded',
      { include: [{ system: colours }, { system: 'urn:gems' }], exclude: [{ system: colours, concept: [{ code: 'ruby' }] }] },
      'ruby',
      'yes',
    ],
    [
      'may be in it when a system is not here',
      { include: [{ system: colours }, { system: 'urn:far' }] },
      'x',
      'unknown: urn:far is not loaded',
    ],
    [
      'may be in it when an import is not here',
      { include: [{ system: colours }, { valueSet: ['urn:nobody'] }] },
      'x',
      'unknown: urn:nobody is not loaded',
    ],
    ['is in it all the same when it is found', { include: [{ system: colours }, { valueSet: ['urn:nobody'] }] }, 'red', 'yes'],
  ])('without a system %s', (_sentence, compose, code, expected) => {
    expect(plain(compose, code)).toBe(expected);
  });

  test('that is a member comes with its concept', () => {
    expect(memberOf(set({ include: [{ system: colours }] }), { system: colours, code: 'red' })).toMatchObject({
      concept: { display: 'Red' },
    });
  });

  test('is asked once of a value set that is imported on very many ways', () => {
    const layers = Array.from({ length: 60 }, (_, i) =>
      other(`urn:${i}`, { include: [{ valueSet: [`urn:${i + 1}`] }, { valueSet: [`urn:${i + 1}`] }] }),
    );
    const byUrl = new Map(layers.map((one) => [one.url, one]));
    const top = linkValueSet(layers[0] as RawValueSet, {
      valueSet: (canonical) => byUrl.get(canonical) ?? warm,
      codeSystem: (url) => systems.get(url) ?? reason('not-found', url),
    });
    expect(told(memberOf(top, { system: colours, code: 'blue' }))).toBe('no');
    expect(told(plainMemberOf(top, 'red'))).toBe('yes');
    expect(listed(top)).toEqual(['colours|red', 'colours|ruby']);
  });
});
