/** The parts of the history but for results: what is asked for, and how one entry of each is told. */
import { conceptText, dayText, dosageText, firstCode, sentence } from './words.js';

const span = (start, end) => [dayText(start), end === undefined || end.slice(0, 10) === start?.slice(0, 10) ? undefined : dayText(end)];

const spanText = (start, end) =>
  span(start, end)
    .filter((day) => day !== undefined)
    .join(' – ');

const condition = (resource) => {
  const status = firstCode(resource.clinicalStatus);
  const start = resource.onsetDateTime ?? resource.onsetPeriod?.start ?? resource.recordedDate;
  const end = resource.abatementDateTime ?? resource.abatementPeriod?.end;
  return {
    title: sentence(conceptText(resource.code)),
    mark: status,
    isCurrent: ['active', 'recurrence', 'relapse'].includes(status),
    when: end === undefined && start !== undefined ? `since ${dayText(start)}` : spanText(start, end),
  };
};

const medication = (resource, included) => {
  const referred = included.get(resource.medicationReference?.reference);
  const reason = resource.reasonCode?.map(conceptText).join(', ');
  return {
    title: conceptText(resource.medicationCodeableConcept) ?? conceptText(referred?.code) ?? resource.medicationReference?.display,
    mark: resource.status,
    isCurrent: resource.status === 'active',
    detail: [dosageText(resource.dosageInstruction), reason].filter((text) => text !== undefined && text !== '').join(' · '),
    when: dayText(resource.authoredOn),
  };
};

const allergy = (resource) => ({
  title: sentence(conceptText(resource.code)),
  mark: resource.criticality === 'high' ? 'high risk' : firstCode(resource.clinicalStatus),
  isCurrent: firstCode(resource.clinicalStatus) === 'active',
  detail: (resource.reaction ?? []).flatMap(({ manifestation = [] }) => manifestation.map(conceptText)).join(', '),
  when: dayText(resource.onsetDateTime ?? resource.recordedDate),
});

const immunization = (resource) => ({
  title: conceptText(resource.vaccineCode),
  mark: resource.status === 'completed' ? undefined : resource.status,
  when: dayText(resource.occurrenceDateTime) ?? resource.occurrenceString,
});

const classes = {
  AMB: 'outpatient',
  EMER: 'emergency',
  IMP: 'inpatient',
  HH: 'at home',
  VR: 'virtual',
  ACUTE: 'inpatient',
  OBSENC: 'observation',
};

const encounter = (resource) => ({
  title: sentence(conceptText(resource.type?.[0]) ?? 'Visit'),
  mark: classes[resource.class?.code] ?? resource.class?.display ?? resource.class?.code,
  isCurrent: resource.status === 'in-progress',
  detail: (resource.reasonCode ?? []).map(conceptText).join(', '),
  when: spanText(resource.period?.start, resource.period?.end),
});

/** In the order of the page. */
export const sections = [
  {
    id: 'conditions',
    title: 'Conditions',
    type: 'Condition',
    query: '_sort=-onset-date',
    tell: condition,
    none: 'No conditions are recorded.',
  },
  {
    id: 'medications',
    title: 'Medications',
    type: 'MedicationRequest',
    query: '_sort=-authoredon',
    include: ['Medication', '_include=MedicationRequest:medication'],
    tell: medication,
    none: 'No medications are recorded.',
  },
  {
    id: 'allergies',
    title: 'Allergies',
    type: 'AllergyIntolerance',
    query: '_sort=-date',
    tell: allergy,
    none: 'No allergies are recorded.',
  },
  {
    id: 'immunizations',
    title: 'Immunizations',
    type: 'Immunization',
    query: '_sort=-date',
    tell: immunization,
    none: 'No immunizations are recorded.',
  },
  { id: 'encounters', title: 'Visits', type: 'Encounter', query: '_sort=-date', tell: encounter, none: 'No visits are recorded.' },
];
