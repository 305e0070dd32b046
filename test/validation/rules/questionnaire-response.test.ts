import { describe, expect, test } from '@jest/globals';
import { parseJson } from '../../../src/fhir/json.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import { questionnaireResponseRule } from '../../../src/validation/rules/questionnaire/response.ts';
import { cpuClock } from '../../support/cpu.ts';
import { askedBy, canonicalsAskedBy, placesTold, told } from './told.ts';

const url = 'http://a.b/Questionnaire/q';
const form = (...item: object[]): Resource => ({ resourceType: 'Questionnaire', url, item });
const response = (...item: object[]): Resource => ({
  resourceType: 'QuestionnaireResponse',
  questionnaire: url,
  status: 'completed',
  item,
});
const answered = (linkId: string, ...values: object[]): object => ({ linkId, answer: values });
const places = (questionnaire: Resource, given: Resource): string[] => placesTold(questionnaireResponseRule, given, [questionnaire]);
const item = 'QuestionnaireResponse.item';
const standard = 'http://hl7.org/fhir/StructureDefinition/';

describe('items are those of the Questionnaire, nested and ordered as there (questionnaireresponse.html#notes)', () => {
  const questions = form({ linkId: 'a', type: 'string' }, { linkId: 'g', type: 'group', item: [{ linkId: 'b', type: 'string' }] });

  test('a response that follows its Questionnaire', () => {
    const given = response(answered('a', { valueString: 'x' }), { linkId: 'g', item: [answered('b', { valueString: 'y' })] });
    expect(told(questionnaireResponseRule, given, [questions])).toEqual([]);
  });

  test('an unknown linkId', () =>
    expect(places(questions, response(answered('z', { valueString: 'x' })))).toEqual(['error QuestionnaireResponse']));

  test('an item in the wrong place is told of, and checked nevertheless', () => {
    expect(places(questions, response(answered('b', { valueInteger: 1 })))).toEqual([
      'error QuestionnaireResponse',
      `error ${item}[0].answer[0].value`,
    ]);
  });

  test('an item out of order', () => {
    expect(
      places(questions, response({ linkId: 'g', item: [answered('b', { valueString: 'y' })] }, answered('a', { valueString: 'x' }))),
    ).toEqual([`error ${item}[1]`]);
  });

  test('answers to a group, items of a question outside of its answer, content of a display', () => {
    const all = form(
      { linkId: 'g', type: 'group' },
      { linkId: 'a', type: 'string', item: [{ linkId: 'b', type: 'string' }] },
      { linkId: 'd', type: 'display' },
    );
    const given = response(
      answered('g', { valueString: 'x' }),
      { linkId: 'a', item: [answered('b', { valueString: 'y' })] },
      answered('d', { valueString: 'z' }),
    );
    expect(places(all, given)).toEqual([`error ${item}[0]`, `error ${item}[1]`, `error ${item}[2]`]);
  });

  test('a text that is not that of the Questionnaire', () => {
    expect(
      places(form({ linkId: 'a', type: 'string', text: 'Name?' }), response({ linkId: 'a', text: 'Age?', answer: [{ valueString: 'x' }] })),
    ).toEqual([`error ${item}[0]`]);
  });
});

describe('required and repeats', () => {
  const required = form({ linkId: 'a', type: 'string', required: true });

  test('what is missing is an error where it should stand, a warning while the response is in progress', () => {
    expect(places(required, response())).toEqual(['error QuestionnaireResponse']);
    expect(places(required, response({ linkId: 'a' }))).toEqual([`error ${item}[0]`]);
    expect(places(required, { ...response(), status: 'in-progress' })).toEqual(['warning QuestionnaireResponse']);
  });

  test('what does not repeat is answered once', () => {
    const twice = response(answered('a', { valueString: 'x' }, { valueString: 'y' }));
    expect(places(form({ linkId: 'a', type: 'string' }), twice)).toEqual([`error ${item}[0]`]);
    expect(places(form({ linkId: 'a', type: 'string', repeats: true }), twice)).toEqual([]);
    const items = response(
      { linkId: 'g', item: [answered('a', { valueString: 'x' })] },
      { linkId: 'g', item: [answered('a', { valueString: 'y' })] },
    );
    expect(places(form({ linkId: 'g', type: 'group', item: [{ linkId: 'a', type: 'string' }] }), items)).toEqual([`error ${item}[1]`]);
  });

  test('minOccurs and maxOccurs', () => {
    const occurs = (name: string, valueInteger: number): Resource =>
      form({ linkId: 'a', type: 'string', repeats: true, extension: [{ url: `${standard}questionnaire-${name}`, valueInteger }] });
    const twice = response(answered('a', { valueString: 'x' }, { valueString: 'y' }));
    expect(places(occurs('minOccurs', 3), twice)).toEqual([`error ${item}[0]`]);
    expect(places(occurs('maxOccurs', 1), twice)).toEqual([`error ${item}[0]`]);
    expect(places(occurs('maxOccurs', 2), twice)).toEqual([]);
  });
});

describe('enableWhen: disabled items are not answered and not demanded', () => {
  const dependent = (operator: string, answer: object, type = 'integer', more: object = {}): Resource =>
    form(
      { linkId: 'a', type, repeats: true },
      { linkId: 'b', type: 'string', required: true, enableWhen: [{ question: 'a', operator, ...answer }], ...more },
    );

  test.each([
    ['exists', { answerBoolean: true }, { valueInteger: 1 }, true],
    ['exists', { answerBoolean: false }, { valueInteger: 1 }, false],
    ['=', { answerInteger: 1 }, { valueInteger: 1 }, true],
    ['=', { answerInteger: 1 }, { valueInteger: 2 }, false],
    ['!=', { answerInteger: 1 }, { valueInteger: 2 }, true],
    ['>', { answerInteger: 1 }, { valueInteger: 2 }, true],
    ['>', { answerInteger: 1 }, { valueInteger: 1 }, false],
    ['<', { answerInteger: 1 }, { valueInteger: 0 }, true],
    ['>=', { answerInteger: 1 }, { valueInteger: 1 }, true],
    ['<=', { answerInteger: 1 }, { valueInteger: 2 }, false],
    ['=', { answerDate: '2020-01-02' }, { valueDate: '2020-01-02' }, true],
    ['>', { answerDate: '2020-01-02' }, { valueDate: '2020-01-03' }, true],
    ['>', { answerDateTime: '2020-01-02T00:00:00Z' }, { valueDateTime: '2020-01-02T01:00:00+02:00' }, false],
    ['=', { answerCoding: { system: 'http://s', code: 'c' } }, { valueCoding: { system: 'http://s', code: 'c', display: 'd' } }, true],
    ['=', { answerCoding: { system: 'http://s', code: 'c' } }, { valueCoding: { system: 'http://t', code: 'c' } }, false],
    [
      '>',
      { answerQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'kg' } },
      { valueQuantity: { value: 1001, system: 'http://unitsofmeasure.org', code: 'g' } },
      true,
    ],
    ['=', { answerReference: { reference: 'Patient/1' } }, { valueReference: { reference: 'Patient/1' } }, true],
  ])('%s %j with the answer %j: enabled is %s', (operator, expected, value, enabled) => {
    const type =
      Object.keys(value)[0]
        ?.slice(5)
        .replace(/^[DI]/, (letter) => letter.toLowerCase()) ?? '';
    const questions = dependent(operator, expected, type === 'coding' ? 'choice' : type);
    const without = places(questions, response(answered('a', value))).filter((place) => place.startsWith('error'));
    expect(without).toEqual(enabled ? ['error QuestionnaireResponse'] : []);
    const withAnswer = places(questions, response(answered('a', value), answered('b', { valueString: 'x' })));
    expect(withAnswer.includes(`error ${item}[1]`)).toBe(!enabled);
  });

  test('enableBehavior says whether any or all conditions count', () => {
    const enableWhen = [1, 2].map((answerInteger) => ({ question: 'a', operator: '=', answerInteger }));
    const behaves = (enableBehavior: string): Resource => dependent('=', {}, 'integer', { enableWhen, enableBehavior });
    expect(places(behaves('any'), response(answered('a', { valueInteger: 2 })))).toEqual(['error QuestionnaireResponse']);
    expect(places(behaves('all'), response(answered('a', { valueInteger: 2 })))).toEqual([]);
  });

  test('of a repeated group, the question of the same repetition counts', () => {
    const group = { linkId: 'g', type: 'group', repeats: true, item: dependent('=', { answerBoolean: true }, 'boolean')['item'] };
    const repetition = (valueBoolean: boolean): object => ({
      linkId: 'g',
      item: [answered('a', { valueBoolean }), answered('b', { valueString: 'x' })],
    });
    expect(places(form(group), response(repetition(true), repetition(false)))).toEqual([`error ${item}[1].item[1]`]);
  });
});

describe('answers are of the type of the question', () => {
  const right: Record<string, object> = {
    boolean: { valueBoolean: true },
    decimal: { valueDecimal: 1.5 },
    integer: { valueInteger: 1 },
    date: { valueDate: '2020' },
    dateTime: { valueDateTime: '2020' },
    time: { valueTime: '10:00:00' },
    string: { valueString: 'x' },
    text: { valueString: 'x' },
    url: { valueUri: 'http://a.b' },
    attachment: { valueAttachment: { url: 'http://a.b' } },
    reference: { valueReference: { reference: 'Patient/1' } },
    quantity: { valueQuantity: { value: 1 } },
    'open-choice': { valueString: 'free' },
  };
  test.each(Object.entries(right))('%s', (type, value) => {
    expect(places(form({ linkId: 'a', type }), response(answered('a', value)))).toEqual([]);
    const wrong = type === 'boolean' ? { valueQuantity: { value: 1 } } : { valueBoolean: true };
    expect(places(form({ linkId: 'a', type }), response(answered('a', wrong)))).toEqual([`error ${item}[0].answer[0].value`]);
  });
});

describe('choices', () => {
  const options = (type: string, ...answerOption: object[]): Resource => form({ linkId: 'a', type, repeats: true, answerOption });
  const red = { valueCoding: { system: 'http://s', code: 'red' } };
  const blue = { valueCoding: { system: 'http://s', code: 'blue' } };

  test('an answer is one of the options, or free for an open choice', () => {
    expect(places(options('choice', red), response(answered('a', red)))).toEqual([]);
    expect(places(options('choice', red), response(answered('a', blue)))).toEqual([`error ${item}[0].answer[0]`]);
    expect(places(options('open-choice', red), response(answered('a', { valueString: 'green' })))).toEqual([]);
    expect(places(options('string', { valueString: 'x' }), response(answered('a', { valueString: 'y' })))).toEqual([
      `error ${item}[0].answer[0].value`,
    ]);
  });

  test('an exclusive option stands alone', () => {
    const none = { ...blue, extension: [{ url: `${standard}questionnaire-optionExclusive`, valueBoolean: true }] };
    expect(places(options('choice', red, none), response(answered('a', red, blue)))).toEqual([`error ${item}[0].answer[1]`]);
    expect(places(options('choice', red, none), response(answered('a', blue)))).toEqual([]);
  });

  test('value sets are asked about', () => {
    const questions = form({ linkId: 'a', type: 'choice', answerValueSet: 'http://a.b/vs' });
    expect(askedBy(questionnaireResponseRule, response(answered('a', red)), [questions])).toEqual([
      `required http://a.b/vs ${item}[0].answer[0]`,
    ]);
  });

  test('contained value sets are looked into', () => {
    const valueSet = { resourceType: 'ValueSet', id: 'v', compose: { include: [{ system: 'http://s', concept: [{ code: 'red' }] }] } };
    const questions = { ...form({ linkId: 'a', type: 'choice', answerValueSet: '#v' }), contained: [valueSet] };
    expect(places(questions, response(answered('a', red)))).toEqual([]);
    expect(places(questions, response(answered('a', blue)))).toEqual([`error ${item}[0].answer[0]`]);
  });
});

describe('limits of answers (questionnaire-profiles.html)', () => {
  const limited = (type: string, name: string, value: object, more: object = {}): Resource =>
    form({ linkId: 'a', type, extension: [{ url: `${standard}${name}`, ...value }], ...more });
  const value = `error ${item}[0].answer[0].value`;
  const ucum = (amount: number, code: string): object => ({ value: amount, system: 'http://unitsofmeasure.org', code });

  test.each([
    ['integer', 'minValue', { valueInteger: 2 }, { valueInteger: 1 }, { valueInteger: 2 }],
    ['decimal', 'maxValue', { valueDecimal: 2.5 }, { valueDecimal: 2.6 }, { valueDecimal: 2.5 }],
    ['date', 'minValue', { valueDate: '2020' }, { valueDate: '1998' }, { valueDate: '2020-05' }],
    ['date', 'maxValue', { valueDate: '2022' }, { valueDate: '2023' }, { valueDate: '2022' }],
    ['time', 'maxValue', { valueTime: '12:00:00' }, { valueTime: '13:00:00' }, { valueTime: '11:00:00' }],
    ['quantity', 'minValue', { valueQuantity: ucum(50, 'km') }, { valueQuantity: ucum(10000, 'm') }, { valueQuantity: ucum(60000, 'm') }],
    ['quantity', 'maxValue', { valueQuantity: ucum(10, '[mi_i]') }, { valueQuantity: ucum(1, 'kg') }, { valueQuantity: ucum(1, 'm') }],
    [
      'quantity',
      'minValue',
      { valueQuantity: ucum(10, 'kg') },
      { valueQuantity: { value: 50, unit: 'kg' } },
      { valueQuantity: ucum(50, 'kg') },
    ],
    ['string', 'regex', { valueString: '[a-z]+' }, { valueString: 'a1' }, { valueString: 'ab' }],
    ['string', 'minLength', { valueInteger: 3 }, { valueString: 'ab' }, { valueString: 'abc' }],
  ])('%s with %s %j: %j is wrong, %j right', (type, name, limit, wrong, right) => {
    expect(places(limited(type, name, limit), response(answered('a', wrong)))).toEqual([value]);
    expect(places(limited(type, name, limit), response(answered('a', right)))).toEqual([]);
  });

  test('a pattern that cannot be used is a warning, and takes no time', () => {
    const matching = (valueString: string): string[] =>
      places(limited('string', 'regex', { valueString }), response(answered('a', { valueString: 'a'.repeat(5000) })));
    expect(matching('(')).toEqual([value.replace('error', 'warning')]);
    const spent = cpuClock();
    matching('(a+)+b');
    expect(spent()).toBeLessThan(2000);
  });

  test('maxLength counts characters', () => {
    const short = form({ linkId: 'a', type: 'string', maxLength: 2 });
    expect(places(short, response(answered('a', { valueString: '😀😀' })))).toEqual([]);
    expect(places(short, response(answered('a', { valueString: 'abc' })))).toEqual([value]);
  });

  test('decimal places are those that were written', () => {
    const precise = limited('decimal', 'maxDecimalPlaces', { valueInteger: 2 });
    const written = (text: string): Resource =>
      parseJson(
        JSON.stringify(response(answered('a', { valueDecimal: 0 }))).replace('"valueDecimal":0', `"valueDecimal":${text}`),
      ) as Resource;
    expect(places(precise, written('1.50'))).toEqual([]);
    expect(places(precise, written('1.500'))).toEqual([value]);
    expect(places(precise, written('15e-3'))).toEqual([value]);
  });

  test('attachments: type and size', () => {
    const picture = limited('attachment', 'mimeType', { valueCode: 'image/*' });
    expect(places(picture, response(answered('a', { valueAttachment: { contentType: 'image/png' } })))).toEqual([]);
    expect(places(picture, response(answered('a', { valueAttachment: { contentType: 'text/plain' } })))).toEqual([
      `error ${item}[0].answer[0]`,
    ]);
    const small = limited('attachment', 'maxSize', { valueDecimal: 1 });
    expect(places(small, response(answered('a', { valueAttachment: { size: 2_000_000 } })))).toEqual([`error ${item}[0].answer[0]`]);
  });

  test('quantities: units', () => {
    const length = limited('quantity', 'questionnaire-unitOption', { valueCoding: { system: 'http://unitsofmeasure.org', code: 'm' } });
    expect(places(length, response(answered('a', { valueQuantity: ucum(1, 'm') })))).toEqual([]);
    expect(places(length, response(answered('a', { valueQuantity: ucum(1, 'kg') })))).toEqual([value]);
  });

  test('quantities: a unit without a code is compared as it is written (questionnaire-unitOption)', () => {
    const named = limited('quantity', 'questionnaire-unitOption', { valueCoding: { display: 'spoons' } });
    expect(places(named, response(answered('a', { valueQuantity: { value: 1, unit: 'spoons' } })))).toEqual([]);
    expect(places(named, response(answered('a', { valueQuantity: { value: 1, unit: 'forks' } })))).toEqual([value]);
  });

  test('quantities: "Value set to use when asking for a quantity" is required of their codes (questionnaire-unitValueSet)', () => {
    const lengths = limited('quantity', 'questionnaire-unitValueSet', { valueCanonical: 'http://a.b/ValueSet/lengths' });
    const given = (quantity: object): Resource => response(answered('a', { valueQuantity: quantity }));
    expect(askedBy(questionnaireResponseRule, given(ucum(1, 'm')), [lengths])).toEqual([
      `required http://a.b/ValueSet/lengths ${item}[0].answer[0].value`,
    ]);
    expect(askedBy(questionnaireResponseRule, given({ value: 1, unit: 'm' }), [lengths])).toEqual([]);
  });

  test('choices: without any option nothing can be said but that', () => {
    const open = form({ linkId: 'a', type: 'choice' });
    expect(places(open, response(answered('a', { valueCoding: { code: 'x' } })))).toEqual([`information ${item}[0].answer[0]`]);
  });

  test('references: what is no reference at all, unless an identifier says who is meant', () => {
    const given = (reference: object): Resource => response(answered('a', { valueReference: reference }));
    const asked = form({ linkId: 'a', type: 'reference' });
    expect(places(asked, given({ reference: 'Patient' }))).toEqual([value]);
    expect(places(asked, given({ reference: 'Patient', identifier: { value: '1' } }))).toEqual([]);
    expect(places(asked, given({ reference: 'the patient' }))).toEqual([value]);
  });

  test('references: types, and forms that name no resource', () => {
    const person = limited('reference', 'questionnaire-referenceResource', { valueCode: 'Patient' });
    const to = (reference: string): Resource => response(answered('a', { valueReference: { reference } }));
    expect(places(person, to('http://a.b/Patient/1'))).toEqual([]);
    expect(places(person, to('Group/1'))).toEqual([value]);
    expect(places(form({ linkId: 'a', type: 'reference' }), to('http://a.b/Chicken/1'))).toEqual([value]);
    expect(places(form({ linkId: 'a', type: 'reference' }), to('urn:uuid:00000000-0000-4000-8000-000000000001'))).toEqual([]);
  });
});

describe('the Questionnaire', () => {
  test('that is not known is a warning, contained and missing an error, none at all worth a note', () => {
    expect(placesTold(questionnaireResponseRule, response())).toEqual(['warning QuestionnaireResponse.questionnaire']);
    expect(placesTold(questionnaireResponseRule, { ...response(), questionnaire: '#q' })).toEqual([
      'error QuestionnaireResponse.questionnaire',
    ]);
    expect(placesTold(questionnaireResponseRule, { resourceType: 'QuestionnaireResponse' })).toEqual(['information QuestionnaireResponse']);
  });

  test('may be contained', () => {
    const contained = [{ ...form({ linkId: 'a', type: 'string' }), id: 'q' }];
    expect(
      placesTold(questionnaireResponseRule, { ...response(answered('a', { valueInteger: 1 })), questionnaire: '#q', contained }),
    ).toEqual([`error ${item}[0].answer[0].value`]);
  });

  test('has a period in which it is answered', () => {
    const old = { ...form(), effectivePeriod: { start: '2019', end: '2020' } };
    expect(places(old, { ...response(), authored: '2021-01-01' })).toEqual(['warning QuestionnaireResponse.authored']);
    expect(places(old, { ...response(), authored: '2020-01-01' })).toEqual([]);
  });

  test('is asked for by its canonical', () => {
    expect(canonicalsAskedBy(questionnaireResponseRule, response())).toEqual([`Questionnaire ${url}`]);
  });
});

describe('large responses are checked in no time', () => {
  const quickly = (run: () => unknown): void => {
    const spent = cpuClock();
    run();
    expect(spent()).toBeLessThan(3000);
  };

  test('ten thousand answers among ten thousand options', () => {
    const option = (code: string): object => ({ valueCoding: { system: 'http://s', code } });
    const codes = Array.from({ length: 10_000 }, (_, i) => `${i}`);
    const questions = form({ linkId: 'a', type: 'choice', repeats: true, answerOption: codes.map(option) });
    quickly(() => expect(places(questions, response(answered('a', ...codes.map((code) => option(`x${code}`)))))).not.toEqual([]));
  });

  test('ten thousand repetitions of a group that depend on answers in them', () => {
    const enableWhen = [{ question: 'a', operator: '=', answerBoolean: true }];
    const group = {
      linkId: 'g',
      type: 'group',
      repeats: true,
      item: [
        { linkId: 'a', type: 'boolean' },
        { linkId: 'b', type: 'string', enableWhen },
      ],
    };
    const repetition = { linkId: 'g', item: [answered('a', { valueBoolean: true }), answered('b', { valueString: 'x' })] };
    quickly(() => expect(places(form(group), response(...Array.from({ length: 10_000 }, () => repetition)))).toEqual([]));
  });
});
