/** Patient/[id]/$summary: the International Patient Summary of one person. https://hl7.org/fhir/uv/ips/STU1.1/OperationDefinition-summary.html */
import { randomUUID } from 'node:crypto';
import { refusal } from '../fhir/outcome.ts';
import type { Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource } from '../interactions/version-response.ts';
import { readRecord } from '../record/patient-record.ts';
import { summaryProfile, summaryText } from '../record/summary/document.ts';
import type { Repository } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { parseSearch } from '../search/parse.ts';
import { type Arguments, text } from './argument.ts';
import type { OperationDefinition } from './definition.ts';
import type { Operation, OperationCall } from './operation.ts';

const definition: OperationDefinition = {
  code: 'summary',
  url: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
  documentation: 'The International Patient Summary (IPS 1.1.0) of the patient: a document that people can read.',
  system: false,
  type: true,
  instance: true,
  resource: ['Patient'],
  affectsState: false,
  parameter: [
    {
      name: 'identifier',
      min: 0,
      max: 1,
      type: 'Identifier',
      documentation: 'Who is meant, where no id is given; in a query system|value.',
    },
    // The definition of 1.1.0 has this name — OperationDefinition-summary.html
    { name: 'identifer', min: 0, max: 1, type: 'Identifier', documentation: 'The same, as the guide spells it.' },
    { name: 'profile', min: 0, max: 1, type: 'uri', documentation: `What the document conforms to: ${summaryProfile}, or nothing.` },
    { name: 'graph', min: 0, max: 1, type: 'uri', documentation: 'Refused: what a summary holds is chosen by its sections.' },
  ],
};

function checkContent(values: Arguments): void {
  if (values.has('graph'))
    throw refusal(
      'not-supported',
      'Summaries by a GraphDefinition are not made here: their sections choose what they hold. Leave graph out.',
      {
        expression: 'graph',
      },
    );
  const profile = text(values, 'profile');
  if (profile === undefined || profile === summaryProfile || profile === `${summaryProfile}|1.1.0`) return;
  throw refusal('not-supported', `Summaries conform to ${summaryProfile}; "${profile.slice(0, 200)}" is not offered.`, {
    status: 400,
    expression: 'profile',
  });
}

function identifierOf(values: Arguments): string | undefined {
  const [one, other] = [text(values, 'identifier'), text(values, 'identifer')];
  if (one !== undefined && other !== undefined)
    throw refusal('value', 'identifer and identifier are the same parameter: give one of them.', { expression: 'identifer' });
  return one ?? other;
}

/** The one patient of the identifier. */
async function identified(repository: Repository, services: Services, values: Arguments): Promise<StoredVersion> {
  const identifier = identifierOf(values);
  if (identifier === undefined)
    throw refusal('required', 'Say who is meant: Patient/[id]/$summary, or identifier=system|value.', {
      status: 400,
      expression: 'identifier',
    });
  const options = { strict: true, defaultCount: 2, maxCount: 2, now: services.now() };
  const { matches } = await repository.search(parseSearch(services.definitions, 'Patient', [['identifier', identifier]], options));
  const [only, another] = matches;
  if (only?.body == null) throw refusal('not-found', 'No patient has this identifier.', { expression: 'identifier' });
  if (another !== undefined)
    throw refusal('multiple-matches', 'Several patients have this identifier: name its system, or use the id.', {
      status: 412,
      expression: 'identifier',
    });
  return only;
}

async function named(repository: Repository, values: Arguments, id: string): Promise<StoredVersion> {
  if (identifierOf(values) !== undefined)
    throw refusal('value', 'The id in the address says who is meant: leave identifier out.', { expression: 'identifier' });
  const version = await repository.read('Patient', id);
  if (version === undefined) throw unknownResource('Patient', id);
  if (version.body === null) throw deletedResource(version);
  return version;
}

async function run({ request, id, arguments: values }: OperationCall, services: Services) {
  checkContent(values);
  const repository = services.repository(request.principal);
  const patient = id === undefined ? await identified(repository, services, values) : await named(repository, values, id);
  const access = services.access(request.principal);
  const mayRead = (type: string): boolean => access.condition(type, ['r', 's']) !== undefined;
  const record = await readRecord({ repository, services, patientId: patient.id }, patient, mayRead);
  const { softwareVersion } = services.settings;
  const body = summaryText({ record, base: request.base, at: services.now().toISOString(), uuid: randomUUID, softwareVersion });
  return { status: 200, body };
}

export const summary: Operation = { definition, run };
