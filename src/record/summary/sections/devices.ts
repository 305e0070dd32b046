/** Devices that are implanted or used. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import { isObject, type Resource } from '../../../fhir/resource.ts';
import { day, objects, when, words } from '../read.ts';
import { absent, type PatientRecord, type Section, subjectOf, unknownElement, unlessTold } from '../section.ts';

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
  types: ['DeviceUseStatement', 'Device'],
  columns: ['Device', 'Since', 'Status'],
  rows: (record) => {
    const stated = record.of('DeviceUseStatement').filter(({ status }) => status !== 'entered-in-error');
    const about = new Set(stated.map(({ device }) => (isObject(device) ? device['reference'] : undefined)));
    const others = record.of('Device').filter(({ id, status }) => status === 'active' && !about.has(`Device/${id}`));
    return [...stated, ...others.map((device) => implied(record, device))].map((resource) => ({
      resource,
      ...unlessTold(resource, ['timingDateTime', 'timingPeriod', 'timingTiming']),
      cells: [
        deviceName(record, resource),
        day(when(resource, 'timingDateTime', 'timingPeriod', 'recordedOn')),
        String(resource['status']),
      ],
    }));
  },
  absence: (record, id) => {
    const device: Resource = {
      ...{ resourceType: 'Device', id: `${id}-device`.slice(-64), patient: subjectOf(record) },
      type: absent('no-device-info', 'No information about devices'),
    };
    return { words: 'There is no information about devices.', resources: [{ ...implied(record, device), id }, device] };
  },
};
