/**
 * $validate: whether a resource is valid, and would be accepted as a create, an update or a delete.
 * https://hl7.org/fhir/R4/resource-operation-validate.html
 */
import { type FhirError, type Issue, outcomeOf } from '../fhir/outcome.ts';
import { type FhirResponse, type Services } from '../interactions/interaction.ts';
import { text, texts } from './argument.ts';
import type { OperationDefinition } from './definition.ts';
import type { Operation, OperationCall } from './operation.ts';
import { acceptanceIssues, modeOf } from './validate-mode.ts';
import { validatedResource } from './validate-target.ts';
import { xmlIssues } from './validate-xml.ts';

const definition: OperationDefinition = {
  code: 'validate',
  url: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
  documentation:
    'Validates the resource that is sent, bare or in Parameters, or that the address names; a mode asks whether the server would accept a write.',
  system: true,
  type: true,
  instance: true,
  affectsState: false,
  parameter: [
    { name: 'resource', min: 0, max: 1, type: 'Resource', documentation: 'What is validated; without it, what the address names.' },
    { name: 'mode', min: 0, max: 1, type: 'code', documentation: 'create, update, delete or profile.' },
    {
      name: 'profile',
      min: 0,
      max: Number.POSITIVE_INFINITY,
      type: 'uri',
      documentation: 'Canonical of a profile beside those that the resource claims.',
    },
  ],
};

const allOk: Issue = { severity: 'information', code: 'informational', diagnostics: 'All OK' };

// SHALL: 200 whether or not the resource is valid — resource-operation-validate.html
const answer = (issues: readonly Issue[]): FhirResponse => ({ status: 200, body: outcomeOf(issues.length === 0 ? [allOk] : issues) });

async function run(call: OperationCall, services: Services): Promise<FhirResponse> {
  const mode = modeOf(text(call.arguments, 'mode'));
  const profiles = texts(call.arguments, 'profile');
  if (mode === 'delete') return answer(await acceptanceIssues(mode, call, undefined, services));
  const target = await validatedResource(call, services, mode);
  if (target.issues.length > 0) return answer(target.issues);
  const told = await services
    .validator(call.request.principal)
    .validate(target.resource, { profiles, ...(mode === undefined ? {} : { mode }) });
  const found = [...xmlIssues(call.request.body, services.definitions), ...told];
  if (mode === undefined || found.some(isFault)) return answer(found);
  return answer([...(await acceptanceIssues(mode, call, target.resource, services)), ...found]);
}

const isFault = ({ severity }: Issue): boolean => severity === 'error' || severity === 'fatal';

/** That the text is no resource is an answer to the question whether it is a valid one. */
const unreadable = ({ issues }: FhirError): FhirResponse => answer(issues.map((issue) => ({ ...issue, severity: 'fatal' })));

export const validate: Operation = { definition, run, unreadable };
