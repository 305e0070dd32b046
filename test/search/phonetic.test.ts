/** Names by their sound. https://hl7.org/fhir/R4/patient.html#search */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { soundsOf } from '../../src/search/types/sound.ts';
import { type SearchDatabase, searchDatabase } from '../support/search.ts';

const patient = (id: string, ...name: object[]): Resource => ({ resourceType: 'Patient', id, name });

const resources: readonly Resource[] = [
  patient('smith', { family: 'Smith', given: ['Catherine', 'Zoë'] }),
  patient('schmidt', { family: 'Schmidt', given: ['Philipp'], prefix: ['Mrs.'], suffix: ['Junior'] }),
  patient('obrien', { family: "O'Brien", given: ['Anne-Marie'] }),
  patient('garca', { family: 'Garça' }, { use: 'maiden', family: 'Łukasiewicz' }),
  patient('synthea', { family: 'Lemke654', given: ['Abram53'] }),
  patient('spoken', { text: 'Johannes Meyer' }),
  patient('both', { text: 'Mrs. Morris', family: 'Stone' }),
  patient('han', { family: '李', given: ['小龙'] }),
  patient('blank', { prefix: ['Dr.'] }),
  patient('none'),
  { resourceType: 'Organization', id: 'clinic', name: 'Saint Joseph Clinic' },
  { resourceType: 'Observation', id: 'weight', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/schmidt' } },
];

const cases: readonly (readonly [type: string, query: string, ...ids: string[]])[] = [
  ['Patient', 'phonetic=Smyth', 'schmidt', 'smith'],
  ['Patient', 'phonetic=SMITH', 'schmidt', 'smith'],
  ['Patient', 'phonetic=Smi'],
  ['Patient', 'phonetic=Kathryn', 'smith'],
  ['Patient', 'phonetic=smyth kathryn', 'smith'],
  ['Patient', 'phonetic=smyth&phonetic=filip', 'schmidt'],
  ['Patient', 'phonetic=soey', 'smith'],
  ['Patient', 'phonetic=xyz,filip', 'schmidt'],
  ['Patient', 'phonetic=mrs'],
  ['Patient', 'phonetic=junior'],
  ['Patient', 'phonetic=OBrian', 'obrien'],
  ['Patient', 'phonetic=O’Bryan', 'obrien'],
  ['Patient', 'phonetic=anne mary', 'obrien'],
  ['Patient', 'phonetic=Garka', 'garca'],
  ['Patient', 'phonetic=Garsa', 'garca'],
  ['Patient', 'phonetic=GARÇA', 'garca'],
  ['Patient', 'phonetic=Gar%C3%A7a', 'garca'],
  ['Patient', 'phonetic=garc\u0327a', 'garca'],
  ['Patient', 'phonetic=Lukasiewicz', 'garca'],
  ['Patient', 'phonetic=Aubrem', 'synthea'],
  ['Patient', 'phonetic=lemcke654', 'synthea'],
  ['Patient', 'phonetic=lemcke655'],
  ['Patient', 'phonetic=Maier', 'obrien', 'spoken'],
  ['Patient', 'phonetic=Morris'],
  ['Patient', 'phonetic=李', 'han'],
  ['Patient', 'phonetic=小龙 李', 'han'],
  ['Patient', 'phonetic=小'],
  ['Patient', 'phonetic:missing=true', 'none'],
  ['Patient', '_filter=phonetic eq smyth and not (phonetic eq filip)', 'smith'],
  ['Organization', 'phonetic=Josef', 'clinic'],
  ['Organization', 'phonetic=klinik saint', 'clinic'],
  ['Observation', 'subject:Patient.phonetic=schmitt', 'weight'],
];

describe('A phonetic parameter', () => {
  let db: SearchDatabase;
  beforeAll(async () => {
    db = await searchDatabase();
    await db.load(resources);
  });
  afterAll(() => db.close());

  test.each(cases)('%s?%s', async (type, query, ...ids) => {
    expect((await db.ids(type, query)).sort()).toEqual(ids);
  });

  test('takes the sounds of a word, at most two of each way to spell it', () => {
    expect(soundsOf('smith')).toEqual(['SM0', 'XMT']);
    expect(soundsOf('müller')).toEqual(['MLR']);
    expect(soundsOf('straße')).toEqual(soundsOf('strasse'));
    expect(soundsOf('gonçalves')).toEqual(['KNKLFS', 'KNSLFS']);
  });

  test('takes what has no sound as it is written', () => {
    expect(soundsOf('h')).toEqual(['=h']);
    expect(soundsOf('53')).toEqual(['=53']);
    expect(soundsOf('άννα')).toEqual(['=αννα']);
  });
});
