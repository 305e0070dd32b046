import { describe, expect, test } from '@jest/globals';
import { errorsOf, profileOf } from '../../support/profile-check.ts';

const control = (name: string, valueCode: string) =>
  profileOf('told', 'Patient', [
    { path: 'Patient.text', extension: [{ url: `http://hl7.org/fhir/StructureDefinition/narrative-${name}-control`, valueCode }] },
  ]);
const patient = (inner: string) => ({
  resourceType: 'Patient',
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` },
});

describe('controls of narratives', () => {
  const sections = '<div xml:lang="pt" lang="pt">Olá</div><div lang="de">Hallo</div>';

  test.each([
    ['_yes', sections, 0],
    ['_yes', '<p lang="de">Hallo</p>', 1],
    ['_no', sections, 1],
    ['_no', '<p>Hallo</p>', 0],
    ['de', sections, 0],
    ['fr', sections, 1],
  ])('language %s on %s: %d errors', async (code, inner, errors) => {
    expect(await errorsOf(patient(inner), [control('language', code)])).toHaveLength(errors);
  });

  test('each text stands in an element that tells its source', async () => {
    const found = await errorsOf(
      patient('Text<h1 class="boilerplate">A</h1><p>More <b>yet</b></p><p class="x original">B<br/>C</p><!-- D -->'),
      [control('source', 'error')],
    );
    expect(found.map((issue) => /"(.*)"/.exec(issue)?.[1])).toEqual(['Text', 'More', 'yet']);
    expect(found[0]).toContain('error Patient.text: ');
  });
});
