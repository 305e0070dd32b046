/** What can be asked of $everything. https://hl7.org/fhir/R4/patient-operation-everything.html */
import type { Definitions } from '../fhir/definitions.ts';
import { type Interval, intervalOf, readInstant } from '../fhir/instant.ts';
import { nearest } from '../fhir/nearest.ts';
import { refusal } from '../fhir/outcome.ts';
import type { Services } from '../interactions/interaction.ts';
import type { EverythingOptions } from '../repository/repository.ts';
import { type Arguments, text, texts } from './argument.ts';
import type { OperationDefinition } from './definition.ts';
import type { OperationCall } from './operation.ts';

const canonical = (type: string): string => `http://hl7.org/fhir/OperationDefinition/${type}-everything`;

export const definition: OperationDefinition = {
  code: 'everything',
  url: canonical('Patient'),
  urls: { Encounter: canonical('Encounter'), Group: canonical('Group') },
  documentation:
    'The whole record of a patient, of the members of a Group or of all patients, or all that belongs to an Encounter, with what these refer to; each resource once, as it was when the first page was told.',
  system: false,
  type: true,
  instance: true,
  resource: ['Patient', 'Encounter', 'Group'],
  whole: ['Patient'],
  affectsState: false,
  parameter: [
    { name: 'start', min: 0, max: 1, type: 'date', documentation: 'Care from this date on; resources without a date are always in.' },
    { name: 'end', min: 0, max: 1, type: 'date', documentation: 'Care up to this date.' },
    { name: '_since', min: 0, max: 1, type: 'instant', documentation: 'Only resources changed at or after this instant.' },
    { name: '_type', min: 0, max: Number.POSITIVE_INFINITY, type: 'code', documentation: 'Only resources of these types.' },
    { name: '_count', min: 0, max: 1, type: 'integer', documentation: 'Resources in one page; without it, all in one.' },
    {
      name: '_certificate',
      min: 0,
      max: 1,
      type: 'boolean',
      documentation: 'Whether the last entry is to be Parameters that count and hash what was told, with the snapshot it was told of.',
    },
  ],
};

function dateOf(values: Arguments, name: 'start' | 'end'): Interval | undefined {
  const value = text(values, name);
  const interval = value === undefined ? undefined : intervalOf(value);
  if (value !== undefined && interval === undefined)
    throw refusal('value', `${name} is a date, such as 2026-01-31, not "${value.slice(0, 40)}".`);
  return interval;
}

function typesOf(values: Arguments, definitions: Definitions): readonly string[] | undefined {
  const types = texts(values, '_type').flatMap((value) => value.split(','));
  const wrong = types.find((type) => !definitions.isResourceType(type));
  if (wrong === undefined) return types.length === 0 ? undefined : types;
  const near = nearest(wrong, definitions.resourceTypes);
  throw refusal(
    'value',
    `_type lists resource types; "${wrong.slice(0, 64)}" is none.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  );
}

function countOf(values: Arguments, { settings }: Services): number | undefined {
  const value = text(values, '_count');
  if (value === undefined) return undefined;
  if (!/^\d{1,10}$/.test(value) || Number(value) < 1)
    throw refusal('value', `_count is a whole number from 1 on, not "${value.slice(0, 20)}".`);
  return Math.min(Number(value), settings.maxCount);
}

function certificateOf(values: Arguments): boolean | undefined {
  const value = text(values, '_certificate');
  if (value === undefined || value === 'false') return undefined;
  if (value !== 'true')
    throw refusal('value', `_certificate is true or false, not "${value.slice(0, 20)}".`, { expression: '_certificate' });
  return true;
}

// An Encounter is of its own time — encounter-operation-everything.html
function refuseDates(values: Arguments): void {
  const dated = ['start', 'end'].find((name) => values.has(name));
  if (dated !== undefined)
    throw refusal('not-supported', `Encounter/[id]/$everything has no parameter ${dated}. Known are: _since, _type, _count, _certificate.`);
}

/** Dates as instants: `start` from its first moment, `end` up to its last. */
export function optionsOf({ arguments: values, type }: Pick<OperationCall, 'arguments' | 'type'>, services: Services): EverythingOptions {
  if (type === 'Encounter') refuseDates(values);
  const options = {
    start: dateOf(values, 'start')?.from,
    end: dateOf(values, 'end')?.to,
    since: readInstant('_since', text(values, '_since')),
    types: typesOf(values, services.definitions),
    count: countOf(values, services),
    after: text(values, '_cursor'),
    certificate: certificateOf(values),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as EverythingOptions;
}
