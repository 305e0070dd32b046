import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FhirError } from '../../src/fhir/outcome.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { writeXml } from '../../src/fhir/xml/write.ts';
import { refusalOf } from '../support/refusal.ts';

const definitions = loadDefinitions();
const patient = (inside: string) => `<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`;
const read = (text: string) => readXml(text, definitions);
const write = (resource: object, pretty?: boolean) => writeXml(resource as Resource, definitions, pretty);

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

  test('a narrative whose namespace is declared further out', () => {
    const xml =
      '<f:Patient xmlns:f="http://hl7.org/fhir" xmlns="http://www.w3.org/1999/xhtml"><f:text><f:status value="generated"/><div>a</div></f:text></f:Patient>';
    expect(read(xml).text).toMatchObject({ div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>' });
  });

  test('line breaks in a value, as the spaces that XML makes of them', () => {
    expect(read(patient('<name><text value="a\nb\r\nc&#10;d"/></name>')).name).toEqual([{ text: 'a b c\nd' }]);
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
    ['half of a surrogate pair', patient('<name><text value="a\ud800b"/></name>'), 'line 1, column 58', /half of a surrogate pair/],
    ['half of a pair by reference', patient('<name><text value="&#xD800;"/></name>'), 'line 1', /well-formed/],
    [
      'a foreign attribute in the narrative',
      patient('<text xmlns:z="urn:z"><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml" z:a="1"/></text>'),
      'line 1, column 87',
      /z:a belongs to no XHTML/,
    ],
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
