import { describe, expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { readXml, surveyXml } from '../../src/fhir/xml/read.ts';
import { refusalOf } from '../support/refusal.ts';

const definitions = loadDefinitions();
const survey = (text: string) => surveyXml(text, definitions);
const patient = (inside: string) => `<Patient xmlns="http://hl7.org/fhir">\n${inside}\n</Patient>`;
const places = (inside: string): string[] =>
  survey(patient(inside)).faults.map(({ expression, location }) => `${expression?.join() ?? ''} ${location?.join() ?? ''}`);

test('Reading refuses a text with all of its faults at once', () => {
  const error = refusalOf(() => readXml(patient('<active value="TRUE"/><nme/><gender value=""/>'), definitions));
  expect(error.status).toBe(400);
  expect(error.issues.map(({ expression, location }) => `${expression} ${location}`)).toEqual([
    'Patient.active line 2, column 1',
    'Patient line 2, column 23',
    'Patient.gender line 2, column 29',
  ]);
});

describe('A survey of XML tells', () => {
  test('nothing of a text that is right, and gives the resource', () => {
    expect(survey(patient('<id value="x"/><active value="true"/>'))).toEqual({
      resource: { resourceType: 'Patient', id: 'x', active: true },
      faults: [],
    });
  });

  test('all the faults at once, each with path, line and column, and what else there is', () => {
    const { resource, faults } = survey(
      patient(
        [
          '<active value="TRUE"/>',
          '<name x="1"><family value="A"/><family value="B"/></name>',
          '<name><city value="C"><more/></city><given/><given value="D"/></name>',
          'text <gender value=""/>',
          '<contact/>',
        ].join('\n'),
      ),
    );
    expect(resource).toEqual({ resourceType: 'Patient', name: [{ family: 'A' }, { given: ['D'] }] });
    expect(faults.map(({ expression, location }) => `${expression} ${location}`)).toEqual([
      'Patient.active line 2, column 1',
      'Patient.name[0] line 3, column 1',
      'Patient.name[0] line 3, column 32',
      'Patient.name[1] line 4, column 7',
      'Patient.name[1].given[0] line 4, column 37',
      'Patient line 5, column 1',
      'Patient.gender line 5, column 6',
      'Patient.contact[0] line 6, column 1',
    ]);
  });

  test('elements that are not in the order documented', () => {
    const { resource, faults } = survey(patient('<gender value="male"/><active value="true"/><birthDate value="2000"/>'));
    expect(resource).toMatchObject({ gender: 'male', active: true, birthDate: '2000' });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ expression: ['Patient'], location: ['line 2, column 23'] });
    expect(faults[0]?.diagnostics).toMatch(/<active> stands behind <gender>; expected the order of the definition of Patient/);
  });

  test('what is wrong beside a primitive, in a contained resource and in a resource of a Bundle', () => {
    expect(places('<contained><Basic><id value="b"/><nme value="x"/></Basic></contained>')).toEqual([
      'Patient.contained[0] line 2, column 34',
    ]);
    expect(places('<contained><Nobody/></contained>')).toEqual([
      'Patient.contained[0] line 2, column 12',
      'Patient.contained[0] line 2, column 21',
    ]);
    expect(places('<gender value="male"><extension><valueString value="x"/></extension><x/></gender>')).toEqual([
      'Patient.gender line 2, column 69',
    ]);
    expect(places('<birthDate><extension url=""/></birthDate>')).toEqual([
      'Patient.birthDate.extension[0] line 2, column 12',
      'Patient.birthDate line 2, column 31',
    ]);
  });

  test('a choice under its name in paths', () => {
    expect(places('<multipleBirthInteger value="x"/>')).toEqual(['Patient.multipleBirth line 2, column 1']);
  });

  test('a wrong namespace, and reads on', () => {
    const { resource, faults } = survey(patient('<active xmlns="urn:x" value="true"/>'));
    expect(resource).toMatchObject({ active: true });
    expect(faults[0]?.diagnostics).toMatch(/"urn:x"; expected http:\/\/hl7.org\/fhir/);
  });

  test('no more than a hundred faults', () => {
    const { resource, faults } = survey(patient('<x/>'.repeat(1000)));
    expect(resource).toBeUndefined();
    expect(faults).toHaveLength(101);
  });

  test.each([
    ['text that is not well-formed', patient('<x/><active>')],
    ['a document type declaration', '<!DOCTYPE Patient><Patient xmlns="http://hl7.org/fhir"/>'],
    ['an unknown resource', '<Nobody xmlns="http://hl7.org/fhir"/>'],
    ['nothing', ''],
  ])('of %s that there is no resource', (_, text) => {
    const { resource, faults } = survey(text);
    expect(resource).toBeUndefined();
    expect(faults.length).toBeGreaterThan(0);
  });
});
