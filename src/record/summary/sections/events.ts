/** Immunizations, procedures, devices and plans. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import { isObject, type Resource } from '../../../fhir/resource.ts';
import { day, newestFirst, objects, when, words } from '../read.ts';
import { type PatientRecord, type Section, subjectOf, unknownElement } from '../section.ts';

export const immunizations: Section = {
  title: 'Immunizations',
  code: '11369-6',
  display: 'History of Immunization note',
  columns: ['Vaccine', 'Given', 'Lot', 'Route'],
  rows: (record) =>
    newestFirst(record.of('Immunization'), 'occurrenceDateTime')
      .filter(({ status }) => status === 'completed')
      .map((resource) => ({
        resource,
        cells: [
          words(resource['vaccineCode']) ?? 'not named',
          day(when(resource, 'occurrenceDateTime', 'occurrenceString')),
          String(resource['lotNumber'] ?? ''),
          words(resource['route']) ?? '',
        ],
      })),
};

const performed = ['performedDateTime', 'performedPeriod', 'performedString', 'performedAge', 'performedRange'];
const done = new Set(['completed', 'in-progress', 'stopped', 'unknown']);

export const procedures: Section = {
  title: 'History of Procedures',
  code: '47519-4',
  display: 'History of Procedures Document',
  columns: ['Procedure', 'Date', 'Site', 'Status'],
  rows: (record) =>
    newestFirst(record.of('Procedure'), 'performedDateTime', 'performedPeriod')
      .filter(({ status, code }) => code !== undefined && done.has(String(status)))
      .map((resource) => ({
        resource: performed.some((element) => resource[element] !== undefined)
          ? resource
          : { ...resource, _performedDateTime: unknownElement },
        cells: [
          words(resource['code']) ?? 'not named',
          day(when(resource, 'performedDateTime', 'performedPeriod', 'performedString')),
          objects(resource['bodySite'])
            .map((site) => words(site) ?? '')
            .join(', '),
          String(resource['status']),
        ],
      })),
};

const used = ['timingDateTime', 'timingPeriod', 'timingTiming'];

/** A device that names its patient is in use, though nobody stated it. */
const implied = (record: PatientRecord, device: Resource): Resource => ({
  resourceType: 'DeviceUseStatement',
  id: `use-of-${device.id}`.slice(0, 64),
  status: 'active',
  subject: subjectOf(record),
  _timingDateTime: unknownElement,
  device: { reference: `Device/${device.id}` },
});

function deviceName(record: PatientRecord, resource: Resource): string {
  const link = resource['device'];
  const device = isObject(link) ? record.find(link['reference']) : undefined;
  const named = objects(device?.['deviceName'])[0]?.['name'];
  const shown = isObject(link) ? link['display'] : undefined;
  return words(device?.['type']) ?? (typeof named === 'string' ? named : typeof shown === 'string' ? shown : 'not named');
}

export const devices: Section = {
  title: 'Medical Devices',
  code: '46264-8',
  display: 'History of medical device use',
  columns: ['Device', 'Since', 'Status'],
  rows: (record) => {
    const stated = record.of('DeviceUseStatement').filter(({ status }) => status !== 'entered-in-error');
    const about = new Set(stated.map(({ device }) => (isObject(device) ? device['reference'] : undefined)));
    const others = record.of('Device').filter(({ id, status }) => status === 'active' && !about.has(`Device/${id}`));
    return [...stated, ...others.map((device) => implied(record, device))].map((resource) => ({
      resource:
        used.some((element) => resource[element] !== undefined) || resource['_timingDateTime'] !== undefined
          ? resource
          : { ...resource, _timingDateTime: unknownElement },
      cells: [
        deviceName(record, resource),
        day(when(resource, 'timingDateTime', 'timingPeriod', 'recordedOn')),
        String(resource['status']),
      ],
    }));
  },
};

export const plans: Section = {
  title: 'Plan of Care',
  code: '18776-5',
  display: 'Plan of care note',
  columns: ['Plan', 'From', 'Activities'],
  rows: (record) =>
    newestFirst(record.of('CarePlan'), 'period', 'created')
      .filter(({ status }) => status === 'active')
      .map((resource) => ({
        resource,
        cells: [
          typeof resource['title'] === 'string'
            ? resource['title']
            : (objects(resource['category'])
                .map((each) => words(each))
                .find((each) => each !== undefined) ?? 'not named'),
          day(when(resource, 'period', 'created')),
          objects(resource['activity'])
            .flatMap(({ detail }) => objects(detail).map(({ code }) => words(code) ?? ''))
            .filter((each) => each !== '')
            .join(', '),
        ],
      })),
};

const advance = ['adr', 'acd'];

export const advanceDirectives: Section = {
  title: 'Advance Directives',
  code: '42348-3',
  display: 'Advance directives',
  columns: ['Directive', 'Date', 'Status'],
  rows: (record) =>
    newestFirst(record.of('Consent'), 'dateTime')
      .filter(
        ({ status, scope }) =>
          status === 'active' &&
          objects(scope)
            .flatMap(({ coding }) => objects(coding))
            .some(({ code }) => advance.includes(String(code))),
      )
      .map((resource) => ({
        resource,
        cells: [
          objects(resource['category'])
            .map((each) => words(each) ?? '')
            .join(', ') || 'not named',
          day(when(resource, 'dateTime')),
          String(resource['status']),
        ],
      })),
};
