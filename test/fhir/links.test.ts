import { describe, expect, test } from '@jest/globals';
import { compileLinks, type Link, rewriteLinks } from '../../src/fhir/links.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';

const findLinks = compileLinks(loadDefinitions());
const shown = (links: readonly Link[]): string[] => links.map(({ kind, path, value }) => `${kind} ${path} = ${value}`);
const linksOf = (resource: Resource): string[] => shown(findLinks(resource));

describe('The links of a resource (https://hl7.org/fhir/R4/http.html#trules)', () => {
  test.each<[string, Resource, string[]]>([
    [
      'references, single and repeated',
      {
        resourceType: 'Observation',
        subject: { reference: 'Patient/1' },
        performer: [{ reference: 'Practitioner/1' }, { display: 'x' }, { reference: 'Organization/2' }],
      },
      [
        'reference Observation.subject.reference = Patient/1',
        'reference Observation.performer[0].reference = Practitioner/1',
        'reference Observation.performer[2].reference = Organization/2',
      ],
    ],
    [
      'references inside backbone elements, data types and extensions',
      {
        resourceType: 'Patient',
        identifier: [{ assigner: { reference: 'Organization/1' } }],
        link: [{ other: { reference: 'Patient/2' }, type: 'seealso' }],
        extension: [{ url: 'http://x', extension: [{ url: 'a', valueReference: { reference: 'Group/1' } }] }],
      },
      [
        'reference Patient.identifier[0].assigner.reference = Organization/1',
        'reference Patient.link[0].other.reference = Patient/2',
        'reference Patient.extension[0].extension[0].valueReference.reference = Group/1',
      ],
    ],
    [
      'extensions of primitives, single and in lists',
      {
        resourceType: 'Patient',
        birthDate: '2000',
        _birthDate: { extension: [{ url: 'http://x', valueUri: 'urn:uuid:1' }] },
        name: [{ given: ['a', 'b'], _given: [null, { extension: [{ url: 'http://x', valueReference: { reference: 'Patient/3' } }] }] }],
      },
      [
        'uri Patient._birthDate.extension[0].valueUri = urn:uuid:1',
        'reference Patient.name[0]._given[1].extension[0].valueReference.reference = Patient/3',
      ],
    ],
    [
      'contained resources and resources in Parameters',
      {
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'x',
            part: [
              {
                name: 'y',
                resource: { resourceType: 'Encounter', contained: [{ resourceType: 'Condition', subject: { reference: 'Patient/1' } }] },
              },
            ],
          },
        ],
      },
      ['reference Parameters.parameter[0].part[0].resource.contained[0].subject.reference = Patient/1'],
    ],
    [
      'uri, url, canonical, oid and uuid elements',
      {
        resourceType: 'ActivityDefinition',
        library: ['http://example.org/Library/a', 'urn:uuid:2'],
        relatedArtifact: [{ type: 'documentation', url: 'http://example.org/doc', document: { url: 'Binary/1' } }],
        extension: [
          { url: 'http://x', valueOid: 'urn:oid:1.2' },
          { url: 'http://x', valueUuid: 'urn:uuid:3' },
        ],
      },
      [
        'canonical ActivityDefinition.library[0] = http://example.org/Library/a',
        'canonical ActivityDefinition.library[1] = urn:uuid:2',
        'url ActivityDefinition.relatedArtifact[0].url = http://example.org/doc',
        'url ActivityDefinition.relatedArtifact[0].document.url = Binary/1',
        'oid ActivityDefinition.extension[0].valueOid = urn:oid:1.2',
        'uuid ActivityDefinition.extension[1].valueUuid = urn:uuid:3',
      ],
    ],
    [
      'narratives, also those of sections',
      {
        resourceType: 'Composition',
        text: {
          status: 'generated',
          div: '<div xmlns="http://www.w3.org/1999/xhtml"><a href="urn:uuid:1">x</a><img alt="a &gt; b" src=\'Binary/2\'/></div>',
        },
        section: [{ text: { status: 'generated', div: '<div><p>no links</p></div>' }, entry: [{ reference: 'Condition/1' }] }],
      },
      [
        'narrative Composition.text.div = urn:uuid:1',
        'narrative Composition.text.div = Binary/2',
        'reference Composition.section[0].entry[0].reference = Condition/1',
      ],
    ],
    [
      'types of fhir-profiles, with CodeableReference',
      { resourceType: 'GenomicStudy', subject: { reference: 'Patient/1' }, reason: [{ reference: { reference: 'Condition/1' } }] },
      ['reference GenomicStudy.subject.reference = Patient/1', 'reference GenomicStudy.reason[0].reference.reference = Condition/1'],
    ],
  ])('%s', (_name, resource, expected) => {
    expect(linksOf(resource)).toEqual(expected);
  });

  test.each<[string, Resource]>([
    [
      'names of code systems and namespaces',
      {
        resourceType: 'Patient',
        identifier: [{ system: 'urn:oid:1.2', value: 'urn:uuid:1' }],
        maritalStatus: { coding: [{ system: 'http://x', code: 'M' }] },
      },
    ],
    ['the canonical url of the resource itself', { resourceType: 'ValueSet', url: 'http://example.org/ValueSet/1' }],
    ['strings that look like links', { resourceType: 'Patient', name: [{ text: 'Patient/1', family: 'urn:uuid:1' }] }],
    ['the url of an extension', { resourceType: 'Patient', extension: [{ url: 'urn:uuid:1', valueString: 'urn:uuid:1' }] }],
    [
      'the entries of a stored Bundle',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Observation', subject: { reference: 'Patient/1' } } }],
      },
    ],
    [
      'values of a wrong JSON type',
      { resourceType: 'Observation', subject: { reference: 7 }, performer: 'Practitioner/1', focus: [null, 3, ['x']] },
    ],
    [
      'unknown elements and types',
      {
        resourceType: 'Observation',
        subjekt: { reference: 'Patient/1' },
        contained: [{ resourceType: 'Nothing', subject: { reference: 'Patient/1' } }],
      },
    ],
  ])('leave out %s', (_name, resource) => {
    expect(linksOf(resource)).toEqual([]);
  });

  test('are only those that are wanted', () => {
    const resource: Resource = { resourceType: 'Observation', subject: { reference: 'Patient/1' }, focus: [{ reference: 'urn:uuid:1' }] };
    expect(shown(findLinks(resource, (value) => value.startsWith('urn:')))).toEqual([
      'reference Observation.focus[0].reference = urn:uuid:1',
    ]);
  });

  test('can be replaced in place', () => {
    const resource: Resource = {
      resourceType: 'Observation',
      subject: { reference: 'a' },
      extension: [{ url: 'a', valueUri: 'b' }],
      text: { status: 'generated', div: '<div><a href="a">a</a> <a class="x" href = \'b\'>b</a> <img src="a"/> <p title="a">a</p></div>' },
    };
    const names = new Map([
      ['a', 'b'],
      ['b', 'Patient/"1"&2'],
    ]);
    rewriteLinks(findLinks(resource), (value) => names.get(value));
    expect(resource).toEqual({
      resourceType: 'Observation',
      subject: { reference: 'b' },
      extension: [{ url: 'a', valueUri: 'Patient/"1"&2' }],
      text: {
        status: 'generated',
        div: '<div><a href="b">a</a> <a class="x" href = \'Patient/&quot;1&quot;&amp;2\'>b</a> <img src="b"/> <p title="a">a</p></div>',
      },
    });
  });
});
