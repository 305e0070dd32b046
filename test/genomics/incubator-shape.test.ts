import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadRegistry } from '../../src/fhir/registry.ts';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import { incubatorShape } from '../../src/genomics/incubator-shape.ts';
import { procedureShape } from '../../src/genomics/procedure-shape.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import { canonical, genomicStudies } from './genomic-study.ts';

const { definitions } = loadRegistry();
const validate = compileValidator(definitions);
const quantity = (value: number): JsonObject => ({ value, unit: 'x' });
const gene = { concept: { coding: [{ system: 'http://www.genenames.org', code: 'HGNC:8975' }] } };
const bed = (id: string): JsonObject => ({ reference: { reference: `DocumentReference/${id}` } });

const study = (analysis: JsonObject, more: JsonObject = {}): Resource => ({
  resourceType: 'GenomicStudy',
  id: 'lung',
  resourceDefinition: 'http://hl7.org/fhir/StructureDefinition/GenomicStudy',
  status: 'registered',
  subject: { reference: 'Patient/p' },
  analysis: [analysis],
  ...more,
});

const whole = study({
  title: 'Simple variant analysis',
  genomicSourceClass: { coding: [{ system: 'http://loinc.org', code: 'LA6684-0' }] },
  metrics: { readDepth: quantity(120), sequencingCoverage: quantity(98), description: 'deep enough' },
  regionsStudied: [bed('wes')],
  regionsCalled: [bed('called'), gene],
  regionsUncalled: [gene, bed('rest')],
});

describe('The GenomicStudy of the incubator for R6', () => {
  it('is told by what defines it', () => {
    expect(incubatorShape.is(whole)).toBe(true);
    expect(incubatorShape.is(incubatorShape.toNative(whole))).toBe(false);
  });

  it('is a valid GenomicStudy of R5, with the extensions of Genomics Reporting', () => {
    const native = incubatorShape.toNative(whole);
    expect(validate(native).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(native['analysis']).toMatchObject([
      { regionsStudied: [{ reference: 'DocumentReference/wes' }], regionsCalled: [{ reference: 'DocumentReference/called' }] },
    ]);
  });

  it.each<[string, Resource]>([
    ['everything it can say', whole],
    [
      'what defines it in a certain version',
      study({}, { resourceDefinition: 'http://hl7.org/fhir/StructureDefinition/GenomicStudy|0.1.0' }),
    ],
    ['a region that is both a gene and a file', study({ regionsStudied: [{ ...gene, ...bed('wes'), id: 'r' }] })],
    ['a region with extensions', study({ regionsUncalled: [{ ...gene, extension: [{ url: 'https://a.example', valueCode: 'a' }] }] })],
    ['metrics with an id', study({ metrics: { id: 'm', description: 'deep enough' } })],
  ])('comes back with %s', (_, given) => {
    expect(canonical(incubatorShape.toIncubator(incubatorShape.toNative(given)))).toEqual(canonical(given));
  });

  it('keeps what it names when the study goes by way of Procedures', () => {
    const procedure = procedureShape(definitions);
    const { study: made } = procedure.toProcedures(incubatorShape.toNative(whole));
    const back = procedure.toNative(made, () => undefined);
    expect(canonical(incubatorShape.toIncubator(back))).toEqual(canonical(whole));
  });

  it('takes any GenomicStudy of R5, and gives it back', () => {
    fc.assert(
      fc.property(genomicStudies(definitions), (native) => {
        const shape = incubatorShape.toIncubator(native);
        expect(incubatorShape.is(shape)).toBe(true);
        expect(canonical(incubatorShape.toNative(shape))).toEqual(canonical(native));
      }),
      { numRuns: 1000 },
    );
  });
});
