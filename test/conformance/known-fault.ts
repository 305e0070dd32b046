/** Public resources that break the standard they belong to, each with what is wrong: the only ones that a write may be refused for. */

const noBase = 'SearchParameter.base is required and missing';
const noLinkId = 'items without the linkId that is required';
const noParent = 'a logical model that is not abstract has no baseDefinition (sdf-4)';
const target = (element: string, type: string): string => `${element} refers to a ${type}, which is none of its target types`;

const official: Readonly<Record<string, string>> = {
  'Bundle-dataelements.json': 'entries with the same fullUrl (bdl-7)',
  'Bundle-valueset-expansions.json': 'the extension translation on ValueSet.expansion.contains, where it may not stand',
  'DeviceMetric-example.json': target('parent', 'DeviceDefinition'),
  'DeviceUseStatement-example.json': target('reasonReference', 'Procedure'),
  'ImplementationGuide-fhir.json': 'no name, no status, and a reference that is none',
  'ig-r4.json': 'no name, no status, and a reference that is none',
  'MedicationRequest-medrx0301.json': target('dispenseRequest.performer', 'Practitioner'),
  'Observation-clinical-gender.json': target('performer', 'Encounter'),
  'Questionnaire-qs1.json': noLinkId,
  'SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json': 'an id of more than 64 characters',
  'StructureDefinition-Definition.json': noParent,
  'StructureDefinition-Event.json': noParent,
  'StructureDefinition-FiveWs.json': noParent,
  'StructureDefinition-Request.json': noParent,
  ...Object.fromEntries(
    ['author', 'effective', 'end', 'keyword', 'workflow'].flatMap((code) => [
      [`SearchParameter-codesystem-extensions-CodeSystem-${code}.json`, noBase],
      [`SearchParameter-valueset-extensions-ValueSet-${code}.json`, noBase],
    ]),
  ),
};

const draft = 'claims a profile of IPS without version, of which 1.1.0 is here; it is made for the draft of the next';

/** By set and name. */
export const knownFaults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'official R4 examples': official,
  'hl7.fhir.us.core 3.1.1 examples': {
    'package/example/DiagnosticReport-cardiology-report.json': 'presentedForm.hash is not base64',
  },
  'IPS 2 examples (draft)': {
    'ActorDefinition-Consumer.json': 'a resource type of R5',
    'ActorDefinition-Creator.json': 'a resource type of R5',
    'Bundle-bundle-ips-all-sections.json': draft,
    'Bundle-bundle-no-info-required-sections.json': draft,
    'Composition-composition-minimal.json': draft,
    'Device-ips-example-imaging-1.json': draft,
    'Observation-ips-example-imaging-1.json': draft,
  },
  'Inferno US Core patients': {
    'us_quality_core_bundle_patient.json.gz': 'Attachment.link, which R4 does not have',
    'uscore_bundle_patient_908.json.gz': 'made for US Core 8: no Patient.gender, which 7.0.0 requires',
  },
  'Microsoft test files': {
    'InvalidCompartmentDefinition.json': 'invalid on purpose: two entries with the same fullUrl',
    'SmartCommon.json': 'a reference to a Practioner',
    'SmartPatientA.json': 'Appointment.participant without status, ImagingStudy.series without modality and sopClass',
    'devicemetric-example.json': target('parent', 'DeviceDefinition'),
    'medicinalproductcontraindication-questionnaire.json': noLinkId,
    'plandefinition-example.json': 'a narrative that is not well-formed',
    'practitionerrole-questionnaire.json': noLinkId,
  },
};
