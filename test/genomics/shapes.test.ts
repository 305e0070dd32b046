import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadRegistry } from '../../src/fhir/registry.ts';
import { isObject, type JsonObject, type Resource } from '../../src/fhir/resource.ts';
import { basicShape } from '../../src/genomics/basic-shape.ts';
import { procedureShape } from '../../src/genomics/procedure-shape.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import { sharedData } from '../support/shared-data.ts';
import { canonical, genomicStudies } from './genomic-study.ts';

const { definitions } = loadRegistry();
const basic = basicShape(definitions, 'GenomicStudy');
const procedure = procedureShape(definitions);
const validate = compileValidator(definitions);
const studies = genomicStudies(definitions);
const none = (): undefined => undefined;
const errorsOf = (resource: Resource): unknown[] => validate(resource).filter(({ severity }) => severity === 'error');

describe('A GenomicStudy as a Basic', () => {
  it('comes back as it was, whatever it says', () => {
    fc.assert(
      fc.property(studies, (native) => {
        const shape = basic.toBasic(native);
        expect(basic.is(shape)).toBe(true);
        expect(canonical(basic.toNative(shape))).toEqual(canonical(native));
      }),
      { numRuns: 1000 },
    );
  });

  it('is a valid R4 resource', () => {
    fc.assert(
      fc.property(studies, (native) => {
        expect(errorsOf(basic.toBasic(native))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('A GenomicStudy as Procedures', () => {
  it('comes back as it was, whatever it says', () => {
    fc.assert(
      fc.property(studies, (native) => {
        const { study, analyses } = procedure.toProcedures(native);
        expect(analyses).toEqual([]);
        expect(procedure.is(study)).toBe(true);
        expect(canonical(procedure.toNative(study, none))).toEqual(canonical(native));
      }),
      { numRuns: 1000 },
    );
  });

  it('is a valid R4 resource', () => {
    fc.assert(
      fc.property(studies, (native) => {
        expect(errorsOf(procedure.toProcedures(native).study)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

const folder = sharedData('genomics', 'genomics-reporting-examples');
const examples = (folder === undefined ? [] : readdirSync(folder))
  .filter((file) => file.startsWith('Procedure-'))
  .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Resource);
const find = (reference: string): Resource | undefined => examples.find(({ id }) => `Procedure/${id}` === reference);

const analysis = (more: JsonObject): Resource => ({
  resourceType: 'Procedure',
  meta: { profile: ['http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/genomic-study-analysis'] },
  status: 'completed',
  category: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
  subject: { reference: 'Patient/p' },
  ...more,
});
const studyOf = (reference: string, more: JsonObject = {}): Resource => ({
  ...analysis({ id: 'study' }),
  meta: { profile: ['http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/genomic-study'] },
  extension: [
    { url: 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/genomic-study-analysis-ext', valueReference: { reference } },
  ],
  ...more,
});

/** There and back again, with what stands by itself. */
function roundTrip(study: Resource, others: readonly Resource[]): unknown {
  const native = procedure.toNative(study, (reference) => others.find(({ id }) => `Procedure/${id}` === reference));
  const { study: again, analyses } = procedure.toProcedures(native);
  return canonical([again, ...analyses]);
}

describe('The Procedure of a study', () => {
  it('becomes a GenomicStudy whose analyses stood by themselves, and both come back as they were', () => {
    const alone = analysis({ id: 'dna', performedDateTime: '2024-01-02', location: { reference: 'Location/lab' } });
    const study = studyOf('Procedure/dna', { status: 'in-progress', bodySite: [{ text: 'lung' }], reasonCode: [{ text: 'a mass' }] });
    expect(roundTrip(study, [alone])).toEqual(canonical([study, alone]));
    const native = procedure.toNative(study, () => alone);
    expect(native).toMatchObject({ status: 'registered', reason: [{ concept: { text: 'a mass' } }], analysis: [{ date: '2024-01-02' }] });
    expect(errorsOf(native)).toEqual([]);
  });

  it('keeps the names of analyses that it contains', () => {
    const study = studyOf('#dna', { contained: [analysis({ id: 'dna', performedDateTime: '2024-01-02' })] });
    expect(roundTrip(study, [])).toEqual(canonical([study]));
    expect(procedure.toNative(study, none)['contained']).toBeUndefined();
  });

  it.each([
    ['the state of the study', { status: 'in-progress' }],
    ['one state of the study after the other', { status: 'stopped' }],
    ['several plans', { instantiatesCanonical: ['https://a.example', 'https://b.example'] }],
    ['another category', { category: { text: 'genetics' } }],
    ['what the guide does not foresee', { outcome: { text: 'good' }, complication: [{ text: 'none' }], followUp: [{ text: 'in May' }] }],
  ])('keeps %s', (_, more) => {
    const study = studyOf('#analysis-1', { contained: [analysis({ id: 'analysis-1', status: 'completed' })], ...more });
    expect(roundTrip(study, [])).toEqual(canonical([study]));
  });

  it('keeps genes that were studied, beside the files', () => {
    const regions = {
      url: 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/genomic-study-analysis-regions',
      extension: [
        { url: 'description', valueString: 'a panel' },
        { url: 'studied', valueReference: { reference: 'DocumentReference/bed' } },
        { url: 'studied', valueCodeableConcept: { text: 'ABL1' } },
        { url: 'uncalled', valueReference: { reference: 'DocumentReference/rest' } },
      ],
    };
    const study = studyOf('#analysis-1', { contained: [analysis({ id: 'analysis-1', extension: [regions] })] });
    expect(roundTrip(study, [])).toEqual(canonical([study]));
    expect(procedure.toNative(study, none)['analysis']).toMatchObject([{ regionsStudied: [{ reference: 'DocumentReference/bed' }] }]);
  });

  it('is refused when an analysis is not to be found', () => {
    expect(() => procedure.toNative(studyOf('Procedure/nowhere'), none)).toThrow(
      'The analysis Procedure/nowhere of the study is not known',
    );
  });

  it('is refused when an analysis contains resources', () => {
    const own = analysis({ id: 'dna', contained: [{ resourceType: 'Patient', id: 'x' }] });
    expect(() => procedure.toNative(studyOf('Procedure/dna'), () => own)).toThrow('cannot become part of a study');
  });

  const published = examples.filter(procedure.is);
  // The published examples lie beside the project and not in it: a clone alone has none.
  (published.length > 0 ? it.each(published.map((study) => [study.id, study])) : it.skip.each([['(no shared data)', {}]]))(
    'published as %s becomes a valid GenomicStudy and comes back as it was',
    (_, study) => {
      const native = procedure.toNative(study as Resource, find);
      expect(errorsOf(native)).toEqual([]);
      const { study: again, analyses } = procedure.toProcedures(native);
      expect(canonical(again)).toEqual(canonical(study));
      for (const each of analyses) expect(canonical(each)).toEqual(canonical(find(`Procedure/${each.id}`)));
    },
  );
});

describe('A Basic that stands for a GenomicStudy', () => {
  const extension = (element: string, more: JsonObject): JsonObject => ({
    url: `http://hl7.org/fhir/5.0/StructureDefinition/extension-GenomicStudy.${element}`,
    ...more,
  });
  const given: Resource = {
    resourceType: 'Basic',
    id: 'b',
    meta: { profile: ['http://hl7.org/fhir/5.0/StructureDefinition/profile-GenomicStudy'] },
    code: { coding: [{ code: 'GenomicStudy' }] },
    subject: { reference: 'Patient/p' },
    created: '2024-01-01',
    modifierExtension: [extension('status', { valueCode: 'available' })],
    extension: [
      extension('startDate', { valueDateTime: '2024-01-02' }),
      extension('analysis', {
        extension: [
          { url: 'title', valueString: 'An analysis' },
          extension('analysis.output', { extension: [{ url: 'type', valueCodeableConcept: { coding: [{ code: 'vcf' }] } }] }),
        ],
      }),
    ],
  };

  it('is read as HL7 writes it', () => {
    expect(basic.is(given)).toBe(true);
    const native = basic.toNative(given);
    expect(native).toMatchObject({
      resourceType: 'GenomicStudy',
      id: 'b',
      status: 'available',
      startDate: '2024-01-02',
      subject: { reference: 'Patient/p' },
      analysis: [{ title: 'An analysis', output: [{ type: { coding: [{ code: 'vcf' }] } }] }],
    });
    expect(native.meta).toBeUndefined();
    expect(errorsOf(native)).toEqual([]);
  });

  it('comes back with what only a Basic has', () => {
    expect(canonical(basic.toBasic(basic.toNative(given)))).toEqual(canonical(given));
  });

  it('is told from other Basic resources', () => {
    expect(basic.is({ resourceType: 'Basic', code: { coding: [{ code: 'referral' }] } })).toBe(false);
    expect(isObject(given['code'])).toBe(true);
  });
});
