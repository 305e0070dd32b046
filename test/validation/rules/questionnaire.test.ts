import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { questionnaireRule } from '../../../src/validation/rules/questionnaire/questionnaire.ts';
import { placesTold } from './told.ts';

const form = (...item: object[]): Resource => ({ resourceType: 'Questionnaire', item });
const when = (question: string, more: object = { operator: 'exists', answerBoolean: true }): object => ({
  enableWhen: [{ question, ...more }],
});
const places = (...item: object[]): string[] => placesTold(questionnaireRule, form(...item));

describe('enableWhen refers to an item before it (questionnaire-definitions.html#Questionnaire.item.enableWhen)', () => {
  test('an item before', () => expect(places({ linkId: 'a', type: 'string' }, { linkId: 'b', type: 'string', ...when('a') })).toEqual([]));
  test('no item', () => expect(places({ linkId: 'b', type: 'string', ...when('a') })).toEqual(['error Questionnaire.item[0]']));
  test('itself', () => expect(places({ linkId: 'a', type: 'string', ...when('a') })).toEqual(['error Questionnaire.item[0]']));
  test('an item inside of it', () => {
    expect(places({ linkId: 'g', type: 'group', ...when('a'), item: [{ linkId: 'a', type: 'string' }] })).toEqual([
      'error Questionnaire.item[0]',
    ]);
  });
  test('an item that comes later is a warning', () => {
    expect(places({ linkId: 'b', type: 'string', ...when('a') }, { linkId: 'a', type: 'string' })).toEqual([
      'warning Questionnaire.item[0]',
    ]);
  });
  test('the item around it is before it', () => {
    expect(places({ linkId: 'a', type: 'string', item: [{ linkId: 'b', type: 'string', ...when('a') }] })).toEqual([]);
  });
  test('an answer of another type never fits', () => {
    const compared = when('a', { operator: '=', answerString: 'x' });
    expect(places({ linkId: 'a', type: 'integer' }, { linkId: 'b', type: 'string', ...compared })).toEqual([
      'warning Questionnaire.item[1]',
    ]);
  });
});

test('initial values are of the type of the item', () => {
  expect(places({ linkId: 'a', type: 'integer', initial: [{ valueInteger: 1 }] })).toEqual([]);
  expect(places({ linkId: 'a', type: 'integer', initial: [{ valueString: '1' }] })).toEqual([
    'warning Questionnaire.item[0].initial[0].value',
  ]);
});
