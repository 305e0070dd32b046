/** Items of a QuestionnaireResponse as a whole: which are there, how often, and when. */
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { areSame, compareValues } from '../../../src/validation/rules/questionnaire/compare.ts';
import { holds } from '../../../src/validation/rules/questionnaire/contained-value-set.ts';
import { questionnaireRule } from '../../../src/validation/rules/questionnaire/questionnaire.ts';
import { questionnaireResponseRule } from '../../../src/validation/rules/questionnaire/response.ts';
import { told } from './told.ts';

const url = 'http://a.b/Questionnaire/q';
const form = (...item: object[]): Resource => ({ resourceType: 'Questionnaire', url, item });
const response = (...item: object[]): Resource => ({
  resourceType: 'QuestionnaireResponse',
  questionnaire: url,
  status: 'completed',
  item,
});
const text = (linkId: string, ...values: string[]): object => ({ linkId, answer: values.map((valueString) => ({ valueString })) });
const texts = (questionnaire: Resource, given: Resource): string[] =>
  told(questionnaireResponseRule, given, [questionnaire]).map((line) => line.replace('QuestionnaireResponse', 'R'));

describe('the response and its Questionnaire', () => {
  const of = (questionnaire: string, known: Resource[] = []): string[] =>
    told(questionnaireResponseRule, { ...response(), questionnaire }, known);

  test.each([
    ['http://example.org/q', 'information'],
    ['https://example.org/q', 'information'],
    ['http://example.com/q', 'warning'],
    ['#q', 'error'],
  ])('%s that is not known: %s', (questionnaire, severity) => {
    expect(of(questionnaire)).toEqual([expect.stringContaining(`${severity} QuestionnaireResponse.questionnaire: The Questionnaire "`)]);
  });

  test('what is contained by that name and is no Questionnaire is none', () => {
    const contained = [{ resourceType: 'Group', id: 'q' }];
    expect(told(questionnaireResponseRule, { ...response(), questionnaire: '#q', contained })).toHaveLength(1);
  });

  test('value sets that a contained Questionnaire names stand beside it', () => {
    const valueSet = { resourceType: 'ValueSet', id: 'v', compose: { include: [{ system: 'http://s', concept: [{ code: 'a' }] }] } };
    const contained = [{ ...form({ linkId: 'a', type: 'choice', answerValueSet: '#v' }), id: 'q' }, valueSet];
    const given = (code: string): string[] =>
      told(questionnaireResponseRule, {
        ...response({ linkId: 'a', answer: [{ valueCoding: { system: 'http://s', code } }] }),
        ...{ questionnaire: '#q', contained },
      });
    expect(given('a')).toEqual([]);
    expect(given('b')).toEqual([expect.stringContaining('is not in the contained value set "#v"')]);
  });

  test.each([
    [undefined, []],
    ['2018-12-31', ['older']],
    ['2019-01-01', []],
    ['2019', []],
    ['2020-12-31T23:59:59Z', []],
    ['2021-01-01', ['younger']],
  ])('authored %s, used from 2019 to 2020 (effectivePeriod)', (authored, expected) => {
    const used = { ...form(), effectivePeriod: { start: '2019-01-01', end: '2020' } };
    const given = { ...response(), ...(authored === undefined ? {} : { authored }) };
    expect(texts(used, given)).toEqual(expected.map((word) => expect.stringContaining(`warning R.authored: The response is ${word}`)));
    expect(texts({ ...form(), effectivePeriod: {} }, given)).toEqual([]);
  });
});

describe('items come in the order of the Questionnaire (questionnaireresponse.html#notes)', () => {
  const two = form({ linkId: 'a', type: 'string' }, { linkId: 'b', type: 'string' }, { linkId: 'c', type: 'string' });

  test('the second of two is not out of order, nor what repeats beside itself', () => {
    expect(texts(two, response(text('a', 'x'), text('b', 'y'), text('c', 'z')))).toEqual([]);
    expect(texts(form({ linkId: 'a', type: 'string', repeats: true }), response(text('a', 'x'), text('a', 'y')))).toEqual([]);
  });

  test('each that comes too late is told', () => {
    expect(texts(two, response(text('c', 'x'), text('b', 'y'), text('a', 'z')))).toEqual([
      'error R.item[1]: The item "b" is out of order; expected the order of the Questionnaire',
      'error R.item[2]: The item "a" is out of order; expected the order of the Questionnaire',
    ]);
  });

  test('an item without linkId is told elsewhere', () => {
    expect(texts(two, response({ answer: [{ valueString: 'x' }] }))).toEqual([]);
  });

  test('of two questions with one linkId, the first is meant', () => {
    const twice = form({
      linkId: 'g',
      type: 'group',
      item: [
        { linkId: 'a', type: 'string' },
        { linkId: 'a', type: 'integer' },
      ],
    });
    expect(texts(twice, response(text('a', 'x')))).toEqual([expect.stringContaining('"a" is in the wrong place')]);
  });

  test('a text is that of the Questionnaire, where both have one', () => {
    const named = form({ linkId: 'a', type: 'string', text: 'Name' });
    const given = (more: object): Resource => response({ ...text('a', 'x'), ...more });
    expect(texts(named, given({ text: 'Name' }))).toEqual([]);
    expect(texts(named, given({}))).toEqual([]);
    expect(texts(two, given({ text: 'Name' }))).toEqual([]);
    expect(texts(named, given({ text: 'Age' }))).toEqual([
      'error R.item[0]: The text is not that of the item "a" in the Questionnaire; expected "Name"',
    ]);
  });

  test('an item that is only displayed may be there, empty', () => {
    const shown = form({ linkId: 'd', type: 'display', required: true }, { linkId: 'e', type: 'display' });
    expect(texts(shown, response({ linkId: 'd' }))).toEqual([]);
    expect(texts(shown, response())).toEqual([]);
    expect(texts(shown, response({ linkId: 'e', item: [text('e', 'x')] }))).toEqual([expect.stringContaining('for reading only')]);
  });
});

describe('required, repeats and occurrences', () => {
  test('an answer without a value, or items alone, is no answer to a required question', () => {
    const required = form({ linkId: 'a', type: 'string', required: true, item: [{ linkId: 'b', type: 'string' }] });
    expect(texts(required, response({ linkId: 'a', item: [text('b', 'x')] }))).toEqual([
      expect.stringContaining('expected item.answer.item'),
      expect.stringContaining('There is no answer to the required item "a"'),
    ]);
    expect(texts(required, response({ linkId: 'a' }, text('a', 'x')))).toEqual([]);
  });

  test('questions under an answer are asked for each answer', () => {
    const nested = form({ linkId: 'a', type: 'string', repeats: true, item: [{ linkId: 'b', type: 'string', required: true }] });
    const given = response({ linkId: 'a', answer: [{ valueString: 'x', item: [text('b', 'y')] }, { valueString: 'z' }] });
    expect(texts(nested, given)).toEqual(['error R.item[0].answer[1]: There is no answer to the required item "b"']);
  });

  test.each([
    ['string', 'minOccurs', 2, 2, 0],
    ['string', 'minOccurs', 3, 2, 1],
    ['string', 'maxOccurs', 2, 2, 0],
    ['string', 'maxOccurs', 1, 2, 1],
    ['group', 'minOccurs', 2, 2, 0],
    ['group', 'minOccurs', 3, 2, 1],
    ['group', 'maxOccurs', 1, 2, 1],
  ])('%s with %s %s, there %s times', (type, name, valueInteger, count, faults) => {
    const extension = [{ url: `http://hl7.org/fhir/StructureDefinition/questionnaire-${name}`, valueInteger }];
    const question = form({ linkId: 'a', type, repeats: true, extension, item: [{ linkId: 'b', type: 'string' }] });
    const group = { linkId: 'a', item: [text('b', 'x')] };
    const given = type === 'group' ? Array.from({ length: count }, () => group) : [text('a', ...'xyz'.slice(0, count))];
    expect(texts(question, response(...given))).toHaveLength(faults);
    const odd = { ...extension[0], valueInteger: undefined, valueString: '1' };
    expect(
      texts(form({ linkId: 'a', type, repeats: true, extension: [odd], item: [{ linkId: 'b', type: 'string' }] }), response(...given)),
    ).toEqual([]);
  });
});

describe('enableWhen', () => {
  const asked = (condition: object, more: object = {}): Resource =>
    form(
      { linkId: 'a', type: 'integer', repeats: true },
      { linkId: 'b', type: 'string', enableWhen: [{ question: 'a', ...condition }], ...more },
    );
  const numbers = (...values: number[]): object => ({ linkId: 'a', answer: values.map((valueInteger) => ({ valueInteger })) });
  const isEnabled = (questionnaire: Resource, ...given: object[]): boolean =>
    texts(questionnaire, response(...given, text('b', 'x'))).length === 0;

  test.each([
    ['<', 1, [1], false],
    ['<', 1, [0], true],
    ['<=', 1, [1], true],
    ['<=', 1, [2], false],
    ['>=', 1, [0], false],
    ['>=', 1, [2], true],
    ['>', 1, [1], false],
    ['=', 1, [2, 1], true],
    ['=', 1, [2, 3], false],
    ['!=', 1, [1], false],
    ['!=', 1, [1, 2], true],
    ['>', 1, [0, 2], true],
  ])('%s %s with the answers %j: %s', (operator, answerInteger, answers, enabled) => {
    expect(isEnabled(asked({ operator, answerInteger }), numbers(...answers))).toBe(enabled);
  });

  test('without an answer no comparison holds, "!=" neither; only what does not exist', () => {
    for (const operator of ['=', '!=', '>', '<', '>=', '<=']) expect(isEnabled(asked({ operator, answerInteger: 1 }))).toBe(false);
    expect(isEnabled(asked({ operator: '!=', answerInteger: 1 }), { linkId: 'a', answer: [{ item: [] }] })).toBe(false);
    expect(isEnabled(asked({ operator: 'exists', answerBoolean: false }))).toBe(true);
    expect(isEnabled(asked({ operator: 'exists', answerBoolean: false }), { linkId: 'a', answer: [{ item: [] }] })).toBe(true);
    expect(
      isEnabled(asked({ operator: 'exists', answerBoolean: true }), { linkId: 'a', answer: [{ item: [] }, { valueInteger: 1 }] }),
    ).toBe(true);
  });

  test('values that cannot be compared enable nothing', () => {
    for (const operator of ['>', '<', '>=', '<=']) expect(isEnabled(asked({ operator, answerString: 'x' }), numbers(1))).toBe(false);
  });

  test('an expression says what only it knows: neither missing nor too much', () => {
    const extension = [
      { url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression', valueExpression: {} },
    ];
    const known = asked({ operator: '=', answerInteger: 1 }, { extension, required: true });
    expect(texts(known, response(text('b', 'x')))).toEqual([]);
    expect(texts(known, response())).toEqual([]);
  });

  test('a question outside of the group counts for all of its repetitions', () => {
    const group = {
      linkId: 'g',
      type: 'group',
      repeats: true,
      item: [{ linkId: 'b', type: 'string', enableWhen: [{ question: 'a', operator: '=', answerInteger: 1 }] }],
    };
    const outer = form({ linkId: 'a', type: 'integer' }, group);
    const inner = { linkId: 'g', item: [text('b', 'x')] };
    expect(texts(outer, response(numbers(1), inner, inner))).toEqual([]);
    expect(texts(outer, response(numbers(2), inner, inner))).toHaveLength(2);
  });
});

describe('what can be compared', () => {
  const quantity = (value: unknown, code?: string, system = 'http://unitsofmeasure.org'): object => ({
    value,
    ...(code ? { code, system } : {}),
  });

  test.each([
    ['a date with an instant, as far as both go', '2020-01-02', '2020-01-03T00:00:00Z', -1],
    ['a date with an instant of the same day', '2020-01-02', '2020-01-02T10:00:00Z', undefined],
    ['an instant with a date', '2020-01-03T10:00:00Z', '2020-01-02', 1],
    ['instants that are none', '2020-01-02T10:00', '2020-99-99T10:00:00Z', undefined],
    ['equal texts', 'a', 'a', 0],
    ['quantities without value', quantity(undefined, 'g'), quantity(1, 'g'), undefined],
    ['with a quantity without value', quantity(1, 'g'), quantity(undefined, 'g'), undefined],
    ['units of which one has no code', quantity(1, 'g'), quantity(1), undefined],
    ['units of which one is of another system', quantity(1, 'g'), quantity(1, 'g', 'http://a.b'), undefined],
    ['units that UCUM does not know', quantity(1, 'xyz'), quantity(1, 'zyx'), undefined],
    ['a unit that UCUM does not know with one that it does', quantity(1, 'xyz'), quantity(1, 'g'), undefined],
    ['a quantity with a number', quantity(1, 'g'), 1, undefined],
    ['a text with a number', '1', 1, undefined],
  ])('%s', (_, a, b, sign) => {
    const order = compareValues(a, b);
    expect(order === undefined ? undefined : Math.sign(order)).toBe(sign);
  });

  test.each([
    [{ value: 1, unit: 'x' }, { value: 2, unit: 'x' }, false],
    [{ value: 1, unit: 'x', code: 'a' }, { value: 1, unit: 'x', code: 'b' }, false],
    [{ system: 's', code: 'c' }, { system: 's', code: 'd' }, false],
    ['2020-01-01T00:00:00Z', '2020-01-01T01:00:00+01:00', true],
    [{ code: 'c' }, 'c', false],
    ['c', { code: 'c' }, false],
  ])('the same: %j and %j: %s', (a, b, same) => expect(areSame(a, b)).toBe(same));

  test.each([
    ['one of the same code and another system', { contains: [{ system: 'http://t', code: 'a' }] }, false],
    ['one of the same system and another code', { contains: [{ system: 'http://s', code: 'b' }] }, false],
    [
      'both',
      {
        contains: [
          { system: 'http://s', code: 'b' },
          { system: 'http://s', code: 'a' },
        ],
      },
      true,
    ],
  ])('an expansion with %s', (_, expansion, isIn) => expect(holds({ expansion }, { system: 'http://s', code: 'a' })).toBe(isIn));

  test('one code among several that a value set lists', () => {
    const include = [{ system: 'http://s', concept: [{ code: 'a' }, { code: 'b' }] }];
    expect(holds({ compose: { include } }, { system: 'http://s', code: 'b' })).toBe(true);
  });
});

describe('Questionnaires', () => {
  const said = (...item: object[]): string[] => told(questionnaireRule, form(...item)).map((line) => line.replace('Questionnaire', 'Q'));
  const when = (question: string, answer: object): object => ({ enableWhen: [{ question, operator: '=', ...answer }] });

  test('each fault of a condition says what would be right', () => {
    expect(said({ linkId: 'b', ...when('a', {}) })[0]).toContain('expected the linkId of an item of this Questionnaire');
    expect(said({ linkId: 'a', ...when('a', {}) })[0]).toContain('depends on its own answer; expected another item');
    expect(said({ linkId: 'g', ...when('a', {}), item: [{ linkId: 'x' }, { linkId: 'a' }] })[0]).toContain('stands inside of it');
    expect(said({ linkId: 'g', ...when('a', {}), item: [{ linkId: 'x' }] }, { linkId: 'a' })[0]).toContain('which comes later');
  });

  test('a condition without a question is told elsewhere; of two items with one linkId the first counts', () => {
    expect(said({ linkId: 'b', enableWhen: [{ operator: 'exists' }] })).toEqual([]);
    expect(said({ linkId: 'a' }, { linkId: 'b', ...when('a', {}) }, { linkId: 'a' })).toEqual([]);
    expect(said({}, { linkId: 'b', ...when('a', {}) })).toHaveLength(1);
  });

  test.each([
    ['boolean', { answerBoolean: true }, undefined],
    ['decimal', { answerInteger: 1 }, undefined],
    ['integer', { answerDecimal: 1 }, undefined],
    ['date', { answerDateTime: '2020' }, undefined],
    ['dateTime', { answerDate: '2020' }, undefined],
    ['time', { answerTime: '10:00:00' }, undefined],
    ['choice', { answerCoding: { code: 'a' } }, undefined],
    ['quantity', { answerQuantity: { value: 1 } }, undefined],
    ['reference', { answerReference: { reference: 'Group/1' } }, undefined],
    ['string', { answerInteger: 1 }, 'expected answerString'],
    ['url', { answerCoding: {} }, 'expected answerString'],
    ['boolean', { answerString: 'true' }, 'expected answerBoolean'],
    ['group', { answerString: 'x' }, 'expected no condition on it, for it has no answer'],
    ['display', { answerString: 'x' }, 'expected no condition on it, for it has no answer'],
    ['string', {}, undefined],
  ])('a condition on an item of type %s with %j', (type, answer, fault) => {
    const expected = fault === undefined ? [] : [expect.stringMatching(new RegExp(`^warning Q.item\\[1\\]: .*${fault}$`))];
    expect(said({ linkId: 'a', type }, { linkId: 'b', ...when('a', answer) })).toEqual(expected);
  });

  test.each([
    ['boolean', { valueBoolean: true }, undefined],
    ['decimal', { valueInteger: 1 }, undefined],
    ['integer', { valueDecimal: 1 }, 'valueInteger, not valueDecimal'],
    ['url', { valueUri: 'a:b' }, undefined],
    ['url', { valueString: 'a:b' }, 'valueUri, not valueString'],
    ['choice', { valueString: 'a' }, undefined],
    ['date', {}, undefined],
  ])('an initial value of an item of type %s: %j', (type, initial, fault) => {
    const expected = fault === undefined ? [] : [`warning Q.item[0].initial[0].value: The item is of type ${type}; expected ${fault}`];
    expect(said({ linkId: 'a', type, initial: [initial] })).toEqual(expected);
  });
});
