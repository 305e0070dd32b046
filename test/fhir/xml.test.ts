import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { exactNumber, parseJson, printJson } from '../../src/fhir/json.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { writeXml } from '../../src/fhir/xml/write.ts';
import { refusalOf } from '../support/refusal.ts';
import { sharedData } from '../support/shared-data.ts';

const definitions = loadDefinitions();
const head = '<?xml version="1.0" encoding="UTF-8"?>';
const patient = (inside: string) => `<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`;
const read = (text: string) => readXml(text, definitions);
const write = (resource: object, pretty?: boolean) => writeXml(resource as Resource, definitions, pretty);
const narrative = (div: string) => ({ resourceType: 'Patient', text: { status: 'generated', div } });

describe('one resource in both forms', () => {
  const pairs: [title: string, json: object, xml: string][] = [
    ['an empty resource', { resourceType: 'Patient' }, '<Patient xmlns="http://hl7.org/fhir"/>'],
    ['the id of a resource is an element', { resourceType: 'Patient', id: 'a' }, patient('<id value="a"/>')],
    [
      'the id of an element is an attribute',
      { resourceType: 'Patient', name: [{ id: 'n', family: 'A' }] },
      patient('<name id="n"><family value="A"/></name>'),
    ],
    [
      'repeating elements',
      { resourceType: 'Patient', name: [{ given: ['A', 'B'] }, { text: 'C' }] },
      patient('<name><given value="A"/><given value="B"/></name><name><text value="C"/></name>'),
    ],
    [
      'booleans and integers',
      { resourceType: 'Patient', active: false, multipleBirthInteger: 3 },
      patient('<active value="false"/><multipleBirthInteger value="3"/>'),
    ],
    [
      'a choice keeps its type in the name',
      { resourceType: 'Patient', deceasedDateTime: '2020' },
      patient('<deceasedDateTime value="2020"/>'),
    ],
    [
      'a primitive with id and extension',
      {
        resourceType: 'Patient',
        birthDate: '1970-03-30',
        _birthDate: { id: 'b', extension: [{ url: 'http://e.org/x', valueString: 'Easter' }] },
      },
      patient('<birthDate value="1970-03-30" id="b"><extension url="http://e.org/x"><valueString value="Easter"/></extension></birthDate>'),
    ],
    [
      'a primitive with an extension alone',
      { resourceType: 'Patient', _gender: { extension: [{ url: 'http://e.org/x', valueCode: 'unknown' }] } },
      patient('<gender><extension url="http://e.org/x"><valueCode value="unknown"/></extension></gender>'),
    ],
    [
      'repeating primitives of which some have extensions',
      { resourceType: 'Patient', name: [{ given: ['A', null, 'C', 'D'], _given: [null, { id: 'x' }, { id: 'y' }, null] }] },
      patient('<name><given value="A"/><given id="x"/><given value="C" id="y"/><given value="D"/></name>'),
    ],
    [
      'repeating primitives without any value',
      { resourceType: 'Patient', name: [{ _given: [{ id: 'x' }, { id: 'y' }] }] },
      patient('<name><given id="x"/><given id="y"/></name>'),
    ],
    [
      'contained resources are wrapped',
      {
        resourceType: 'Patient',
        contained: [
          { resourceType: 'Organization', id: 'o' },
          { resourceType: 'Practitioner', id: 'p' },
        ],
      },
      patient(
        '<contained><Organization><id value="o"/></Organization></contained><contained><Practitioner><id value="p"/></Practitioner></contained>',
      ),
    ],
    [
      'entries of a Bundle',
      {
        resourceType: 'Bundle',
        type: 'batch-response',
        entry: [
          {
            resource: { resourceType: 'Patient', id: '1' },
            response: { status: '200', outcome: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid' }] } },
          },
        ],
      },
      '<Bundle xmlns="http://hl7.org/fhir"><type value="batch-response"/><entry><resource><Patient><id value="1"/></Patient></resource><response><status value="200"/><outcome><OperationOutcome><issue><severity value="error"/><code value="invalid"/></issue></OperationOutcome></outcome></response></entry></Bundle>',
    ],
    [
      'parameters, also nested',
      {
        resourceType: 'Parameters',
        parameter: [{ name: 'a', valueDecimal: 1.5, part: [{ name: 'b', resource: { resourceType: 'Patient', active: true } }] }],
      },
      '<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="a"/><valueDecimal value="1.5"/><part><name value="b"/><resource><Patient><active value="true"/></Patient></resource></part></parameter></Parameters>',
    ],
    [
      'an element that refers to itself',
      { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group', item: [{ linkId: '2', type: 'string' }] }] },
      '<Questionnaire xmlns="http://hl7.org/fhir"><status value="draft"/><item><linkId value="1"/><type value="group"/><item><linkId value="2"/><type value="string"/></item></item></Questionnaire>',
    ],
    [
      'markup and line breaks in values',
      { resourceType: 'Patient', name: [{ text: '<a> & "b"\n\t\r\u00e9😀\'' }] },
      patient('<name><text value="&lt;a&gt; &amp; &quot;b&quot;&#10;&#9;&#13;\u00e9😀\'"/></name>'),
    ],
    [
      'a narrative',
      narrative('<div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b><br/>&lt;</div>'),
      patient('<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b><br/>&lt;</div></text>'),
    ],
    [
      'a narrative with CR, comment and CDATA',
      narrative('<div xmlns="http://www.w3.org/1999/xhtml">\r\n<!-- c --><p title="x"><![CDATA[<&>]]></p></div>'),
      patient(
        '<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">&#13;\n<!-- c --><p title="x"><![CDATA[<&>]]></p></div></text>',
      ),
    ],
  ];

  test.each(pairs)('%s', (_title, json, xml) => {
    expect(write(json)).toBe(head + xml);
    expect(read(head + xml)).toEqual(json);
    expect(read(write(json, true))).toEqual(json);
  });

  test('pretty text is indented by two spaces', () => {
    const xml = write(
      { resourceType: 'Patient', id: '1', contained: [{ resourceType: 'Basic', id: 'b' }], name: [{ given: ['A'] }] },
      true,
    );
    expect(xml).toBe(
      `${head}\n<Patient xmlns="http://hl7.org/fhir">\n  <id value="1"/>\n  <contained>\n    <Basic>\n      <id value="b"/>\n    </Basic>\n  </contained>\n  <name>\n    <given value="A"/>\n  </name>\n</Patient>\n`,
    );
  });

  test('elements are written in the order of the definition, whatever the order of the properties', () => {
    const xml = write({
      birthDate: '1970',
      name: [{ period: { end: '2', start: '1' }, family: 'A' }],
      resourceType: 'Patient',
      active: true,
      id: '1',
    });
    expect(xml).toBe(
      head +
        patient(
          '<id value="1"/><active value="true"/><name><family value="A"/><period><start value="1"/><end value="2"/></period></name><birthDate value="1970"/>',
        ),
    );
  });

  test('elements are read in any order', () => {
    const found = read(
      patient('<birthDate value="1970"/><name><text value="A"/></name><active value="true"/><name><text value="B"/></name>'),
    );
    expect(found).toEqual({ resourceType: 'Patient', birthDate: '1970', active: true, name: [{ text: 'A' }, { text: 'B' }] });
  });

  test.each(['1.50', '0.0', '-0.10', '1e3', '1E-7', '0.10000000000000000001', '12345678901234567890.5', '100'])(
    'a decimal keeps its digits: %s',
    (digits) => {
      const xml = `<Observation xmlns="http://hl7.org/fhir"><valueQuantity><value value="${digits}"/></valueQuantity></Observation>`;
      const found = read(xml);
      expect(printJson(found)).toBe(`{"resourceType":"Observation","valueQuantity":{"value":${digits}}}`);
      expect(write(found)).toBe(head + xml);
      expect(write(parseJson(printJson(found)) as Resource)).toBe(head + xml);
    },
  );

  test('the definition of an additional type stands as an attribute of its root', () => {
    const canonical = 'http://hl7.org/fhir/StructureDefinition/GenomicStudy|5.0.0';
    const study = { resourceType: 'GenomicStudy', resourceDefinition: canonical, id: 'g', status: 'available' };
    const xml = write(study);
    expect(xml).toBe(
      `${head}<GenomicStudy xmlns="http://hl7.org/fhir" resourceDefinition="${canonical}"><id value="g"/><status value="available"/></GenomicStudy>`,
    );
    expect(read(xml)).toEqual(study);
    expect(refusalOf(() => read('<Patient xmlns="http://hl7.org/fhir" resourceDefinition="x"/>')).message).toMatch(
      /"resourceDefinition" is not known/,
    );
  });
});

/** Where each number whose digits are kept stands, and its digits. */
function keptDigits(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const digits = exactNumber(value, key);
    return digits === undefined ? keptDigits(item, `${path}.${key}`) : [`${path}.${key}=${digits}`];
  });
}

describe('the official examples', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'));
  const names = readdirSync(folder).filter((name) => /^[A-Z]\w*-.*\.json$/.test(name));
  const all = process.env['FULL'] === '1';

  /** Of every type the first few; all of them with FULL=1. */
  function sample(): string[] {
    const count = new Map<string, number>();
    return names.filter((name) => {
      const type = name.split('-')[0] ?? '';
      count.set(type, (count.get(type) ?? 0) + 1);
      return all || (count.get(type) ?? 0) <= 2;
    });
  }

  test('cover nearly every resource type', () => {
    expect(new Set(sample().map((name) => name.split('-')[0])).size).toBeGreaterThanOrEqual(140);
  });

  test(
    'come back from XML as they were, to the last digit',
    () => {
      for (const [index, name] of sample().entries()) {
        const resource = parseJson(readFileSync(join(folder, name), 'utf8')) as Resource;
        const xml = write(resource, index % 2 === 0);
        expect(xml).not.toContain('<div value');
        const back = read(xml);
        expect([name, back]).toEqual([name, resource]);
        expect([name, keptDigits(back).sort()]).toEqual([name, keptDigits(resource).sort()]);
      }
    },
    all ? 600_000 : 60_000,
  );
});

describe('XML from elsewhere', () => {
  const folder = sharedData('fhir-test-cases', 'r4');
  const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.xml'));

  // Shared data is not part of a clone: without it there is nothing to read.
  (folder === undefined ? test.skip : test)('the official test cases are read, and nothing is lost on the way back', () => {
    expect(files.length).toBeGreaterThan(5);
    for (const name of files) {
      const resource = read(readFileSync(join(folder ?? '', name), 'utf8'));
      expect([name, read(write(resource, true))]).toEqual([name, resource]);
    }
  });
});
