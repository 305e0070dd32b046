/** Answers of a QuestionnaireResponse, one limit at a time. */
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { questionnaireResponseRule } from '../../../src/validation/rules/questionnaire/response.ts';
import { askedBy, told } from './told.ts';

const url = 'http://a.b/Questionnaire/q';
const standard = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const form = (...item: object[]): Resource => ({ resourceType: 'Questionnaire', url, item });
const response = (...item: object[]): Resource => ({
  resourceType: 'QuestionnaireResponse',
  questionnaire: url,
  status: 'completed',
  item,
});
const answered = (linkId: string, ...answer: object[]): object => ({ linkId, answer });
const texts = (questionnaire: Resource, given: Resource): string[] =>
  told(questionnaireResponseRule, given, [questionnaire]).map((line) => line.replace('QuestionnaireResponse', 'R'));
const ucum = (value: number, code: string): object => ({ value, system: 'http://unitsofmeasure.org', code });
/** What is said of one answer to one question. */
const said = (question: object, ...values: object[]): string[] =>
  texts(form({ linkId: 'a', ...question }), response(answered('a', ...values)));
const extended = (type: string, ...extension: object[]): object => ({ type, extension });
const limit = (name: string, value: object): object => ({ url: `${standard}${name}`, ...value });

describe('maxLength and minLength: "The maximum number of characters that are permitted in the answer" (questionnaire-definitions.html)', () => {
  test.each(['string', 'text', 'open-choice'])('are of %s', (type) => {
    expect(said({ type, maxLength: 2 }, { valueString: 'abc' })).toEqual([
      'error R.item[0].answer[0].value: The answer has 3 characters; expected at most 2',
    ]);
    expect(said({ type, maxLength: 3 }, { valueString: 'abc' })).toEqual([]);
    expect(said(extended(type, limit('minLength', { valueInteger: 4 })), { valueString: 'abc' })).toEqual([
      'error R.item[0].answer[0].value: The answer has 3 characters; expected at least 4',
    ]);
  });

  test('and of url, but of nothing else that is written as text', () => {
    expect(said({ type: 'url', maxLength: 2 }, { valueUri: 'a:b' })).toHaveLength(1);
    expect(said({ type: 'date', maxLength: 2 }, { valueDate: '2020' })).toEqual([]);
    expect(said(extended('date', limit('minLength', { valueInteger: 9 })), { valueDate: '2020' })).toEqual([]);
    expect(said(extended('string', limit('minLength', { valueString: '9' })), { valueString: 'a' })).toEqual([]);
  });
});

describe('regex: the whole answer matches', () => {
  const matching = (type: string, regex: object, value: object): string[] => said(extended(type, limit('regex', regex)), value);

  test.each([
    ['string', { valueString: 'b' }, { valueString: 'abc' }, 1],
    ['string', { valueString: 'a|abc' }, { valueString: 'abc' }, 0],
    ['string', { valueInteger: 1 }, { valueString: 'abc' }, 0],
    ['integer', { valueString: '[0-9]{2}' }, { valueInteger: 12 }, 0],
    ['integer', { valueString: '[0-9]{2}' }, { valueInteger: 123 }, 1],
    ['boolean', { valueString: 'x' }, { valueBoolean: true }, 0],
    ['quantity', { valueString: 'x' }, { valueQuantity: { value: 1 } }, 0],
  ])('%s by %j: %j', (type, regex, value, faults) => expect(matching(type, regex, value)).toHaveLength(faults));
});

describe('minValue, maxValue, minQuantity and maxQuantity', () => {
  test.each([
    ['integer', limit('minValue', { valueInteger: 2 }), { valueInteger: 1 }, '"1" is out of range; expected at least "2"'],
    ['integer', limit('maxValue', { valueInteger: 2 }), { valueInteger: 3 }, '"3" is out of range; expected at most "2"'],
    [
      'quantity',
      { url: `${sdc}minQuantity`, valueQuantity: ucum(2, 'kg') },
      { valueQuantity: ucum(1, 'kg') },
      '"1 kg" is out of range; expected at least "2 kg"',
    ],
    [
      'quantity',
      { url: `${sdc}maxQuantity`, valueQuantity: ucum(2, 'kg') },
      { valueQuantity: ucum(2001, 'g') },
      '"2001 g" is out of range; expected at most "2 kg"',
    ],
    [
      'quantity',
      limit('maxValue', { valueQuantity: ucum(2, 'kg') }),
      { valueQuantity: ucum(1, 'm') },
      '"1 m" cannot be compared with the allowed value; expected at most "2 kg" in a unit of the same kind',
    ],
    [
      'quantity',
      limit('maxValue', { valueQuantity: ucum(2, 'kg') }),
      { valueQuantity: { value: 1, unit: 'kilo' } },
      '"1 kilo" cannot be compared with the allowed value, for not both have a system and code of their unit; expected at most "2 kg"',
    ],
    [
      'quantity',
      limit('minValue', { valueQuantity: { value: 2 } }),
      { valueQuantity: ucum(1, 'kg') },
      'for not both have a system and code of their unit; expected at least "2"',
    ],
  ])('of %s %j: %j', (type, extension, value, text) => {
    const lines = said(extended(type, extension), value);
    expect(lines).toEqual([expect.stringContaining(`error R.item[0].answer[0].value: The answer ${text.startsWith('"') ? text : ''}`)]);
    expect(lines[0]).toContain(text);
  });

  test('a limit of another kind than the answer says nothing', () => {
    expect(said(extended('integer', limit('minValue', { valueQuantity: ucum(1, 'kg') })), { valueInteger: 0 })).toEqual([]);
    expect(said(extended('quantity', limit('minValue', { valueInteger: 5 })), { valueQuantity: ucum(1, 'kg') })).toEqual([]);
  });
});

describe('maxDecimalPlaces', () => {
  const places = (most: object, value: object, type = 'decimal'): number =>
    said(extended(type, limit('maxDecimalPlaces', most)), value).length;

  test.each([
    [{ valueInteger: 0 }, { valueDecimal: 1.5 }, 1],
    [{ valueInteger: 1 }, { valueDecimal: 1.5 }, 0],
    [{ valueInteger: 2 }, { valueDecimal: 1e-3 }, 1],
    [{ valueInteger: 7 }, { valueDecimal: 1.5e-7 }, 1],
    [{ valueInteger: 0 }, { valueDecimal: 1e21 }, 0],
    [{ valueString: '0' }, { valueDecimal: 1.5 }, 0],
  ])('%j: %j', (most, value, faults) => expect(places(most, value)).toBe(faults));

  test('of a quantity are those of its value', () => {
    expect(places({ valueInteger: 1 }, { valueQuantity: { value: 1.25 } }, 'quantity')).toBe(1);
    expect(places({ valueInteger: 2 }, { valueQuantity: { value: 1.25 } }, 'quantity')).toBe(0);
  });
});

describe('attachments: mimeType and maxSize', () => {
  const attached = (extension: object[], valueAttachment: object): string[] =>
    said(extended('attachment', ...extension), { valueAttachment });
  const types = (...codes: string[]): object[] => codes.map((valueCode) => limit('mimeType', { valueCode }));
  const megabytes = (valueDecimal: number): object[] => [limit('maxSize', { valueDecimal })];
  const mega = 1024 * 1024;

  test.each([
    ['any of those allowed', types('a/b', 'image/png'), { contentType: 'image/png' }, 0],
    ['in other letters, with parameters', types('Text/Plain'), { contentType: 'TEXT/plain ; charset=utf-8' }, 0],
    ['a subtype of another', types('image/*'), { contentType: 'imagery/png' }, 1],
    ['only the beginning of one', types('image/png'), { contentType: 'image/pngx' }, 1],
    ['not told', types('image/png'), { url: 'http://a.b' }, 0],
    ['unlimited', [], { contentType: 'image/png' }, 0],
    ['exactly as large as allowed', megabytes(1), { size: mega }, 0],
    ['a byte larger', megabytes(1), { size: mega + 1 }, 1],
    ['half a megabyte', megabytes(0.5), { size: mega / 2 + 1 }, 1],
    ['larger by its data, whatever it says', megabytes(0.000001), { data: 'AAAA', size: 1 }, 1],
    ['smaller by its data', megabytes(0.00001), { data: 'AAAA', size: mega }, 0],
    ['of unknown size', megabytes(1), { url: 'http://a.b' }, 0],
    ['limited by what is no number', [limit('maxSize', { valueString: '1' })], { size: 9 * mega }, 0],
  ])('%s', (_, extension, attachment, faults) => expect(attached(extension, attachment)).toHaveLength(faults));

  test('what is allowed is named', () => {
    expect(attached(types('a/b', 'c/d'), { contentType: 'e/f' })).toEqual([
      'error R.item[0].answer[0]: The content type "e/f" is not allowed here; expected a/b, c/d',
    ]);
  });
});

describe('units of quantities (questionnaire-unitOption)', () => {
  const option = (valueCoding: object): object => limit('questionnaire-unitOption', { valueCoding });
  const metre = option({ system: 'http://unitsofmeasure.org', code: 'm' });

  test.each([
    ['one of several', [metre, option({ code: 'cm' })], ucum(1, 'cm'), 0],
    ['the same code of another system', [metre], { value: 1, system: 'http://a.b', code: 'm' }, 1],
    ['another code of the same system', [metre], ucum(1, 'cm'), 1],
    ['without code', [metre], { value: 1, unit: 'm' }, 1],
    ['of an option without system', [option({ code: 'm' })], { value: 1, system: 'http://a.b', code: 'm' }, 0],
    ['of no options', [], { value: 1, unit: 'm' }, 0],
  ])('%s', (_, options, valueQuantity, faults) => expect(said(extended('quantity', ...options), { valueQuantity })).toHaveLength(faults));

  test('what is allowed is named by code, or as it is shown', () => {
    expect(said(extended('quantity', metre, option({ display: 'feet' })), { valueQuantity: ucum(1, 'kg') })[0]).toContain(
      'expected m, feet',
    );
  });
});

describe('references (questionnaire-referenceResource)', () => {
  const allowed = (...types: string[]): object =>
    extended('reference', ...types.map((valueCode) => limit('questionnaire-referenceResource', { valueCode })));

  test.each([
    ['one of those allowed', allowed('Group', 'Patient'), { reference: 'Patient/1' }, 0],
    ['by its type alone', allowed('Patient'), { type: 'Group', display: 'A' }, 1],
    ['of unknown type', allowed('Patient'), { display: 'A' }, 0],
    ['any where none is named', allowed(), { reference: 'Group/1' }, 0],
    ['a URL of no form that names a type', allowed('Patient'), { reference: 'http://a.b/whatever' }, 0],
    ['a URL with a type that does not exist', allowed(), { reference: 'http://a.b/Chicken/1' }, 1],
    ['a name with white space', allowed(), { reference: 'http://a.b/the patient' }, 1],
  ])('%s', (_, question, valueReference, faults) => expect(said(question, { valueReference })).toHaveLength(faults));
});

describe('options of a question', () => {
  const coding = (code: string, system = 'http://s'): object => ({ valueCoding: { system, code } });
  const asked = (type: string, more: object = {}): object => ({
    type,
    answerOption: [coding('a'), coding('b'), { valueString: 'x' }],
    ...more,
  });

  test.each([
    ['choice', coding('c'), ['error R.item[0].answer[0]: "http://s#c" is none of the 3 options of the question']],
    ['choice', coding('a', 'http://t'), ['error R.item[0].answer[0]: "http://t#a" is none of the 3 options of the question']],
    ['choice', { valueString: 'y' }, ['error R.item[0].answer[0].value: "y" is none of the 3 options of the question']],
    ['choice', { valueString: 'x' }, []],
    [
      'open-choice',
      coding('c'),
      ['error R.item[0].answer[0]: "http://s#c" is none of the 3 options of the question; a free answer is a valueString'],
    ],
    ['open-choice', { valueString: 'y' }, []],
    ['open-choice', { valueCoding: { display: 'free' } }, []],
    ['choice', { valueCoding: { display: 'free' } }, ['error R.item[0].answer[0]: "#free" is none of the 3 options of the question']],
    [
      'choice',
      { valueReference: { reference: 'Group/1' } },
      ['error R.item[0].answer[0]: "#Group/1" is none of the 3 options of the question'],
    ],
    ['open-choice', { valueCoding: { system: 'http://s' } }, [expect.stringContaining('"http://s#" is none of the 3 options')]],
  ])('%s with the answer %j', (type, answer, expected) => expect(said(asked(type), answer)).toEqual(expected));

  test('an answer without a value is none of them, and none that is wrong', () => {
    expect(said(asked('choice'), { item: [] })).toEqual([]);
  });

  test('a value set is asked about for codes, and for texts where the choice is not open', () => {
    const set = (type: string, answer: object): string[] =>
      askedBy(questionnaireResponseRule, response(answered('a', answer)), [form({ linkId: 'a', type, answerValueSet: 'http://v' })]);
    const at = 'required http://v QuestionnaireResponse.item[0].answer[0]';
    expect(set('choice', coding('a'))).toEqual([at]);
    expect(set('choice', { valueString: 'a' })).toEqual([`${at}.value`]);
    expect(set('open-choice', coding('a'))).toEqual([at]);
    expect(set('open-choice', { valueString: 'a' })).toEqual([]);
    expect(set('choice', { valueInteger: 1 })).toEqual([]);
    expect(set('choice', { valueReference: { reference: 'Group/1' } })).toEqual([]);
  });

  test('a contained value set that is not there, or does not tell, is no fault of the answer', () => {
    const question = { linkId: 'a', type: 'choice', answerValueSet: '#v' };
    const contained = [{ resourceType: 'ValueSet', id: 'v', compose: { include: [{ system: 'http://s' }] } }];
    expect(texts(form(question), response(answered('a', coding('a'))))).toEqual([]);
    expect(texts({ ...form(question), contained }, response(answered('a', coding('a'))))).toEqual([]);
    expect(texts({ ...form(question), contained }, response(answered('a', { valueString: 'a' })))).toEqual([]);
    expect(texts({ ...form(question), contained }, response(answered('a', coding('a', 'http://t'))))).toHaveLength(1);
  });

  test('only choices without options are worth a note, for what can be chosen', () => {
    expect(said({ type: 'choice' }, { valueString: 'a' })).toHaveLength(1);
    expect(said({ type: 'choice' }, { valueInteger: 1 })).toEqual([]);
    expect(said({ type: 'open-choice' }, coding('a'))).toEqual([]);
    expect(said({ type: 'string' }, { valueString: 'a' })).toEqual([]);
  });
});

describe('the type of an answer is told by its name', () => {
  test.each([
    ['boolean', { valueString: 'x' }, 'The question is of type boolean; expected an answer of type boolean, not string'],
    ['dateTime', { valueDate: '2020' }, 'The question is of type dateTime; expected an answer of type dateTime, not date'],
    ['quantity', { valueInteger: 1 }, 'The question is of type quantity; expected an answer of type Quantity, not integer'],
    ['url', { valueQuantity: {} }, 'The question is of type url; expected an answer of type uri, not Quantity'],
    [
      'choice',
      { valueBoolean: true },
      'The question is of type choice; expected an answer of type Coding, integer, date, time, string, Reference, not boolean',
    ],
  ])('%s', (type, value, text) => expect(said({ type }, value)).toEqual([`error R.item[0].answer[0].value: ${text}`]));

  test('of a question of unknown type, and of an answer without value, nothing can be said', () => {
    expect(said({}, { valueString: 'x' })).toEqual([]);
    expect(said({ type: 'unheard-of' }, { valueString: 'x' })).toEqual([]);
    expect(said({ type: 'boolean', maxLength: 1 }, { valueString: 'abc' })).toHaveLength(1);
  });
});
