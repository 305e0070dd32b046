import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exactNumber, parseJson, printJson } from '../../src/fhir/json.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { writeXml } from '../../src/fhir/xml/write.ts';
import { xhtmlFault } from '../../src/fhir/xml/xhtml.ts';
import { sharedData } from '../support/shared-data.ts';

const definitions = loadDefinitions();
const head = '<?xml version="1.0" encoding="UTF-8"?>';
const patient = (inside: string) => `<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`;
const read = (text: string) => readXml(text, definitions);
const write = (resource: object, pretty?: boolean) => writeXml(resource as Resource, definitions, pretty);
const narrative = (div: string) => ({ resourceType: 'Patient', text: { status: 'generated', div } });

function refusalOf(run: () => unknown): FhirError {
  try {
    run();
  } catch (error) {
    if (error instanceof FhirError) return error;
    throw error;
  }
  throw new Error('accepted');
}

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

describe('reading takes', () => {
  test('prefixes, comments, processing instructions, schema hints, a byte order mark and any XML declaration', () => {
    const xml =
      '\ufeff<?xml version="1.1" encoding="utf-16" standalone="no"?><!-- a --><?style none?>\n' +
      '<f:Patient xmlns:f="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://hl7.org/fhir x.xsd">' +
      '<!-- b --><f:active value="true"><!-- c --></f:active>\r\n</f:Patient>\n<!-- d -->';
    expect(read(xml)).toEqual({ resourceType: 'Patient', active: true });
  });

  test('character references, also of what lies beyond 16 bits', () => {
    expect(read(patient('<name><text value="&#65;&#x1F600;&apos;"/></name>'))).toEqual({
      resourceType: 'Patient',
      name: [{ text: "A😀'" }],
    });
  });

  test('a narrative with a prefix, written anew so that it stands alone', () => {
    const xml =
      '<Patient xmlns="http://hl7.org/fhir" xmlns:h="http://www.w3.org/1999/xhtml"><text><status value="generated"/>' +
      '<h:div xml:lang="en"><h:p title="&lt;x&gt;">a &amp; b<![CDATA[<]]></h:p><h:br/></h:div></text></Patient>';
    expect(read(xml).text).toEqual({
      status: 'generated',
      div: '<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><p title="&lt;x&gt;">a &amp; b&lt;</p><br/></div>',
    });
  });

  test('a narrative that uses a prefix only inside', () => {
    const xml = `<Patient xmlns="http://hl7.org/fhir" xmlns:h="http://www.w3.org/1999/xhtml"><text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><h:p>x</h:p></div></text></Patient>`;
    expect(read(xml).text).toMatchObject({ div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div>' });
  });

  test('text after a narrative is no narrative', () => {
    const xml = patient('<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">x</div>y</text>');
    expect(refusalOf(() => read(xml)).message).toMatch(/Text stands between/);
  });
});

describe('reading refuses, with the place', () => {
  const nested = (levels: number) => '<extension url="x">'.repeat(levels) + '<valueString value="x"/>' + '</extension>'.repeat(levels);
  const faults: [title: string, xml: string, place: string, words: RegExp][] = [
    ['no text', '', 'line 1, column 1', /well-formed/],
    ['what is no XML', '{"resourceType":"Patient"}', 'line 1', /Text stands|well-formed/],
    [
      'an unknown element',
      '<Patient xmlns="http://hl7.org/fhir">\n  <nme value="x"/></Patient>',
      'line 2, column 3',
      /<nme> is not an element of Patient/,
    ],
    ['an element of another type', patient('<name><city value="x"/></name>'), 'line 1, column 44', /<city> is not an element of HumanName/],
    ['an unknown attribute', patient('<active value="true" x="1"/>'), 'line 1, column 38', /"x" is not known on <active>/],
    ['an attribute on a complex element', patient('<name value="x"/>'), 'line 1, column 38', /"value" is not known on <name>/],
    ['an attribute on a wrapper', patient('<contained id="x"><Basic/></contained>'), 'line 1, column 38', /has no attributes/],
    [
      'an id attribute on a resource',
      '<Patient xmlns="http://hl7.org/fhir" id="x"/>',
      'line 1, column 1',
      /"id" is not known on <Patient>/,
    ],
    ['a prototype by name', patient('<__proto__ value="x"/>'), 'line 1, column 38', /<__proto__> is not an element/],
    ['an unknown resource', '<Person2 xmlns="http://hl7.org/fhir"/>', 'line 1, column 1', /<Person2> is not a resource type/],
    ['an abstract resource', '<DomainResource xmlns="http://hl7.org/fhir"/>', 'line 1, column 1', /not a resource type/],
    ['no namespace', '<Patient/>', 'line 1, column 1', /no namespace; expected http:\/\/hl7.org\/fhir/],
    ['another namespace', '<Patient xmlns="urn:hl7-org:v3"/>', 'line 1, column 1', /"urn:hl7-org:v3"; expected/],
    ['another namespace inside', patient('<active xmlns="urn:x" value="true"/>'), 'line 1, column 38', /"urn:x"; expected/],
    [
      'a narrative without its namespace',
      patient('<text><status value="generated"/><div>x</div></text>'),
      'line 1, column 71',
      /must be in the namespace/,
    ],
    [
      'an element twice that does not repeat',
      patient('<active value="true"/><active value="true"/>'),
      'line 1, column 60',
      /more than once in Patient/,
    ],
    ['an extension-only element twice', patient('<gender id="a"/><gender id="b"/>'), 'line 1, column 54', /more than once/],
    ['an empty value', patient('<gender value=""/>'), 'line 1, column 38', /"value" is empty/],
    ['an empty primitive', patient('<gender/>'), 'line 1, column 38', /neither a value nor extensions/],
    ['an empty complex element', patient('<name/>'), 'line 1, column 38', /<name> is empty/],
    ['an empty wrapper', patient('<contained/>'), 'line 1, column 38', /holds no resource/],
    ['two resources in one wrapper', patient('<contained><Basic/><Basic/></contained>'), 'line 1, column 57', /second resource/],
    ['text between elements', patient('\n <active value="true"/> x'), 'line 2, column 25', /Text stands between/],
    ['text in a primitive', patient('<gender>male</gender>'), 'line 1, column 46', /Text stands between/],
    ['CDATA outside the narrative', patient('<![CDATA[x]]>'), 'line 1', /Text stands between/],
    ['a boolean that is none', patient('<active value="TRUE"/>'), 'line 1, column 38', /<active> is not of the type boolean/],
    ['an integer that is none', patient('<multipleBirthInteger value="1.0"/>'), 'line 1, column 38', /not of the type integer/],
    [
      'a number beyond a double',
      '<Observation xmlns="http://hl7.org/fhir"><valueQuantity><value value="1e999"/></valueQuantity></Observation>',
      'line 1, column 57',
      /not of the type decimal/,
    ],
    [
      'a decimal with a comma',
      '<Observation xmlns="http://hl7.org/fhir"><valueQuantity><value value="1,5"/></valueQuantity></Observation>',
      'line 1, column 57',
      /not of the type decimal/,
    ],
    ['an unclosed element', '<Patient xmlns="http://hl7.org/fhir"><active value="true"/>', 'line 1', /well-formed/],
    ['crossed tags', patient('<name id="n"></active>'), 'line 1', /well-formed/],
    ['two roots', patient('') + patient(''), 'line 1', /well-formed|Text stands/],
    ['an attribute twice', patient('<active value="true" value="true"/>'), 'line 1', /well-formed/],
    ['an HTML entity', patient('<name><text value="&nbsp;"/></name>'), 'line 1', /undefined entity; XML knows only/],
    ['a control character by reference', patient('<name><text value="&#1;"/></name>'), 'line 1', /well-formed/],
    ['a declaration in the middle', patient('<?xml version="1.0"?>'), 'line 1', /well-formed/],
    ['a document type', `<!DOCTYPE Patient>${patient('')}`, 'line 1, column 1', /document type declaration/],
    [
      'an external entity',
      `<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>${patient('<name><text value="&x;"/></name>')}`,
      'line 1',
      /document type declaration/,
    ],
    [
      'entities that grow',
      `<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>${patient('<name><text value="&c;"/></name>')}`,
      'line 1',
      /document type declaration/,
    ],
    ['too many levels', patient(nested(100)), 'line 1', /deeper than the limit of 100 levels/],
    [
      'too many levels of XHTML',
      patient(
        `<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">${'<b>'.repeat(200)}${'</b>'.repeat(200)}</div></text>`,
      ),
      'line 1',
      /deeper/,
    ],
  ];

  test.each(faults)('%s', (_title, xml, place, words) => {
    const error = refusalOf(() => read(xml));
    expect(error.status).toBe(400);
    expect(error.issues[0]?.code).toBe('structure');
    expect(error.message).toMatch(words);
    expect(error.issues[0]?.location?.[0]).toContain(place);
    expect(error.message).toContain(place);
  });

  test('ninety levels pass', () => {
    expect(read(patient(nested(90)))).toBeDefined();
  });

  test('every damage to a document is a refusal or a resource, never another error', () => {
    const whole = write(
      {
        resourceType: 'Patient',
        id: '1',
        text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>x &amp; y</p></div>' },
        name: [{ given: ['A', 'B'], _given: [null, { id: 'x' }] }],
        multipleBirthInteger: 2,
        contained: [{ resourceType: 'Basic', id: 'b' }],
      },
      true,
    );
    const put = fc.constantFrom(
      '',
      '<',
      '>',
      '"',
      '/',
      '&',
      '&lt;',
      '<a>',
      '</name>',
      ' x="y"',
      'xmlns=""',
      '<!--',
      '<![CDATA[',
      ']]>',
      '<?x?>',
      '\u0000',
      '\ud800',
      '\ufeff',
      '<div/>',
      '<contained/>',
    );
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat({ max: 6 }), put, (at, cut, piece) => {
        try {
          expect(read(whole.slice(0, at) + piece + whole.slice(at + cut)).resourceType).toBe('Patient');
        } catch (error) {
          expect(error).toBeInstanceOf(FhirError);
          expect((error as FhirError).status).toBe(400);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe('writing', () => {
  test('a narrative without namespace gets it, HTML names become characters', () => {
    expect(write(narrative(' <div>a&nbsp;b &mdash; &eacute;&lt;</div>\n'))).toBe(
      head + patient('<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">a\u00a0b \u2014 \u00e9&lt;</div></text>'),
    );
  });

  test.each([
    ['unclosed', '<div xmlns="http://www.w3.org/1999/xhtml"><p>x</div>'],
    [
      'closed too early, to smuggle elements in',
      '<div xmlns="http://www.w3.org/1999/xhtml">x</div></text><active value="false"/><text><div xmlns="http://www.w3.org/1999/xhtml"></div>',
    ],
    ['plain text', 'hello'],
    ['empty', ''],
    ['another element', '<p xmlns="http://www.w3.org/1999/xhtml">x</p>'],
    ['another namespace', '<div xmlns="http://hl7.org/fhir">x</div>'],
    ['an unknown entity', '<div xmlns="http://www.w3.org/1999/xhtml">&unknown;</div>'],
    ['a document type', '<!DOCTYPE div><div xmlns="http://www.w3.org/1999/xhtml">x</div>'],
    ['two roots', '<div xmlns="http://www.w3.org/1999/xhtml"/><div xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['an unclosed comment', '<div xmlns="http://www.w3.org/1999/xhtml"><!-- x</div>'],
  ])('a narrative that is no XHTML is refused: %s', (_title, div) => {
    const error = refusalOf(() => write(narrative(div)));
    expect(error.message).toMatch(/not well-formed XHTML/);
    expect(error.status).toBe(400);
    expect(xhtmlFault(div)).toBeDefined();
  });

  test('well-formed XHTML has no fault', () => {
    expect(xhtmlFault('<div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div>')).toBeUndefined();
  });

  test.each(['a\u0001', '\ufffe', 'x\ud800y', '\udc00'])('a character that XML cannot carry is refused with 406', (text) => {
    const error = refusalOf(() => write({ resourceType: 'Patient', name: [{ text }] }));
    expect(error.status).toBe(406);
    expect(error.message).toMatch(/U\+[0-9A-F]{4}, which XML cannot carry/);
  });

  test.each([
    ['an unknown property', { resourceType: 'Patient', nme: 'x' }, /"nme" is not an element of Patient/],
    ['an unknown type', { resourceType: 'Nothing' }, /"Nothing" is not a resource/],
    ['no type', { id: 'x' }, /without resourceType/],
    ['a primitive where an object should be', { resourceType: 'Patient', name: ['x'] }, /name must be an object/],
    ['an object where a primitive should be', { resourceType: 'Patient', birthDate: { a: 1 } }, /"birthDate" must be a primitive/],
    ['something else contained', { resourceType: 'Patient', contained: [1] }, /without resourceType/],
  ])('%s is refused', (_title, resource, words) => {
    const error = refusalOf(() => write(resource));
    expect(error.issues[0]?.code).toBe('structure');
    expect(error.message).toMatch(words);
  });

  test('any text of a value comes back as it was', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((value) => !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(value));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), fc.boolean(), (given, pretty) => {
        const resource = { resourceType: 'Patient', name: [{ given }] };
        expect(read(write(resource, pretty))).toEqual(resource);
      }),
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

  (folder === undefined ? test.skip : test)('the official test cases are read, and nothing is lost on the way back', () => {
    expect(files.length).toBeGreaterThan(5);
    for (const name of files) {
      const resource = read(readFileSync(join(folder ?? '', name), 'utf8'));
      expect([name, read(write(resource, true))]).toEqual([name, resource]);
    }
  });
});
