/**
 * Invariants of R4 that do not say in FHIRPath what they say in words: what was published, what is evaluated instead, and why. A correction
 * holds for the published text alone, so that it ends when a definition brings another one.
 * https://hl7.org/fhir/R4/conformance-rules.html#constraints, https://hl7.org/fhir/R5/ (where HL7 corrected most of them)
 */

export interface Correction {
  readonly key: string;
  readonly published: string;
  /** Undefined: it is checked elsewhere, or cannot be checked at all. */
  readonly corrected: string | undefined;
  readonly reason: string;
}

const name = "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')";
const domReferences = ['canonical', 'uri', 'url'].map((type) => `%resource.descendants().as(${type})`).join(' | ');
const conditionCategory = 'http://terminology.hl7.org/CodeSystem/condition-category';
const unsure = 'Where the precisions or units leave the order open, there is nothing to refuse: an empty result counted as failed.';
const matching =
  'Period.end "includes any matching date/time", so that an hour is in a period that ends with its day; R6 compares boundaries.';

export const corrections: readonly Correction[] = [
  {
    key: 'ref-1',
    published: "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))",
    corrected:
      "reference.hasValue() implies (reference.startsWith('#').not() or (reference.substring(1) in %rootResource.contained.id) or (reference = '#' and %rootResource != %resource))",
    reason: 'A Reference without reference gave an empty result, and # alone names the resource around a contained one (FHIR-37793, R5).',
  },
  {
    key: 'dom-3',
    published: `contained.where((('#'+id in (%resource.descendants().reference | %resource.descendants().as(canonical) | %resource.descendants().as(uri) | %resource.descendants().as(url))) or descendants().where(reference = '#').exists() or descendants().where(as(canonical) = '#').exists() or descendants().where(as(canonical) = '#').exists()).not()).trace('unmatched', id).empty()`,
    corrected: `contained.where((('#'+id in (%resource.descendants().reference | ${domReferences})) or descendants().where(reference = '#').exists() or descendants().where(as(canonical) = '#').exists() or descendants().where(as(uri) = '#').exists() or descendants().where(as(url) = '#').exists()).not()).empty()`,
    reason: 'The last condition stood there twice with canonical; the words mean uri and url as well.',
  },
  {
    key: 'bdl-8',
    published: "fullUrl.contains('/_history/').not()",
    corrected: "fullUrl.exists() implies fullUrl.contains('/_history/').not()",
    reason: 'An entry without fullUrl gave an empty result (R5).',
  },
  {
    key: 'con-3',
    published:
      "clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.select($this='problem-list-item').empty()",
    corrected: `clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.coding.where(system='${conditionCategory}' and code='problem-list-item').empty()`,
    reason: 'A CodeableConcept never equals a string: every category counted as problem list item (R4B).',
  },
  {
    key: 'que-7',
    published: "operator = 'exists' implies (answer is Boolean)",
    corrected: "operator = 'exists' implies (answer is boolean)",
    reason: 'The type of FHIR is boolean; System.Boolean is another (FHIR-25390, R5).',
  },
  {
    key: 'que-12',
    published: 'enableWhen.count() > 2 implies enableBehavior.exists()',
    corrected: 'enableWhen.count() > 1 implies enableBehavior.exists()',
    reason: 'The words say: if there are more than one enableWhen (R5).',
  },
  {
    key: 'opd-3',
    published: "targetProfile.exists() implies (type = 'Reference' or type = 'canonical')",
    corrected:
      "targetProfile.exists() implies (type = 'Reference' or type = 'canonical' or type.memberOf('http://hl7.org/fhir/ValueSet/resource-types'))",
    reason: 'A parameter may be a resource, whose profile the target profile names (R5).',
  },
  {
    key: 'eld-19',
    published:
      "path.matches('[^\\\\s\\\\.,:;\\\\\\'\"\\\\/|?!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\.[^\\\\s\\\\.,:;\\\\\\'\"\\\\/|?!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\[x\\\\])?(\\\\:[^\\\\s\\\\.]+)?)*')",
    corrected:
      "path.matches('^[^\\\\s\\\\.,:;\\\\\\'\"\\\\/|?!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\.[^\\\\s\\\\.,:;\\\\\\'\"\\\\/|?!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\[x\\\\])?(\\\\:[^\\\\s\\\\.]+)?)*$')",
    reason: 'A match anywhere in the path says nothing about the path (R5).',
  },
  {
    key: 'eld-20',
    published: "path.matches('[A-Za-z][A-Za-z0-9]*(\\\\.[a-z][A-Za-z0-9]*(\\\\[x])?)*')",
    corrected: "path.matches('^[A-Za-z][A-Za-z0-9]*(\\\\.[a-z][A-Za-z0-9]*(\\\\[x])?)*$')",
    reason: 'A match anywhere in the path says nothing about the path (R5).',
  },
  {
    key: 'name (sdf-0, vsd-0 and their like)',
    published: name,
    corrected: "name.exists() implies name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
    reason: 'A resource without a name gave an empty result, and the pattern was met by a part of the name (R5).',
  },
  {
    key: 'ras-2',
    published: 'probability is decimal implies (probability as decimal) <= 100',
    corrected: 'probability.exists() and probability is decimal implies (probability as decimal) <= 100',
    reason: 'A prediction without probability gave an empty result.',
  },
  {
    key: 'per-1',
    published: 'start.hasValue().not() or end.hasValue().not() or (start <= end)',
    corrected: 'start.hasValue().not() or end.hasValue().not() or (start <= end) or (start <= end).empty()',
    reason: `${unsure} ${matching}`,
  },
  {
    key: 'rng-2',
    published: 'low.empty() or high.empty() or (low <= high)',
    corrected: 'low.empty() or high.empty() or (low <= high) or (low <= high).empty()',
    reason: unsure,
  },
  {
    key: 'mdd-1',
    published: 'whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared',
    corrected:
      'whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared or (whenHandedOver >= whenPrepared).empty()',
    reason: unsure,
  },
  {
    key: 'inv-1 (Task)',
    published: 'lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn',
    corrected:
      'lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn or (lastModified >= authoredOn).empty()',
    reason: unsure,
  },
  {
    key: 'vs-1',
    published: '($this as dateTime).toString().length() >= 8',
    corrected: '$this is dateTime implies $this.toString().length() >= 8',
    reason: 'The words are about a dateTime: a Period gave an empty result (as us-core-1 says it).',
  },
  {
    key: 'dom-2',
    published: 'contained.contained.empty()',
    corrected: undefined,
    reason: 'It is checked where the contained resource stands.',
  },
  {
    key: 'txt-1, txt-2',
    published: 'htmlChecks()',
    corrected: undefined,
    reason: 'What a narrative may hold is checked with the narrative, which says more than that it is wrong.',
  },
];

const byText = new Map(corrections.map((correction) => [correction.published, correction]));

/** What is evaluated for a published expression; undefined = nothing. */
export function correctedExpression(published: string): string | undefined {
  const correction = byText.get(published);
  return correction === undefined ? published : correction.corrected;
}
