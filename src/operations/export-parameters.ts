/** The parameters of $export, all of them looked at before any is refused. https://hl7.org/fhir/uv/bulkdata/export.html#query-parameters */
import type { ExportInput, TypeFilter } from '../bulk/export-input.ts';
import { filtered, wholeTypes } from '../bulk/export-query.ts';
import { isId } from '../fhir/id.ts';
import { readInstant } from '../fhir/instant.ts';
import { nearest } from '../fhir/nearest.ts';
import { FhirError, type Issue, refusal } from '../fhir/outcome.ts';
import type { Services } from '../interactions/interaction.ts';
import { checkElements } from '../interactions/subset.ts';
import { pointing } from '../repository/everything-filter.ts';
import { isResultParameter } from '../search/parse-result.ts';
import type { Query } from '../search/query.ts';
import { type Arguments, text, texts } from './argument.ts';
import type { OperationCall } from './operation.ts';

/** Gathers what is wrong, so that a client is told all of it at once. */
class Faults {
  readonly #issues: Issue[] = [];
  #status = 0;

  async of<T>(work: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof FhirError) || fault.status >= 500) throw fault;
      this.#issues.push(...fault.issues);
      this.#status ||= fault.status;
      return undefined;
    }
  }

  assertNone(): void {
    if (this.#issues.length > 0) throw new FhirError(this.#issues, this.#status);
  }
}

const listOf = (values: Arguments, name: string): readonly string[] =>
  texts(values, name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');

const formats: ReadonlySet<string> = new Set(['application/fhir+ndjson', 'application/ndjson', 'ndjson']);

/** A plus in a URL that nobody encoded is a blank. */
function checkFormat(values: Arguments): void {
  const format = text(values, '_outputFormat');
  if (format === undefined || formats.has(format.replace(' ', '+').toLowerCase())) return;
  throw refusal('not-supported', `_outputFormat is application/fhir+ndjson, application/ndjson or ndjson, not "${format.slice(0, 64)}".`);
}

type Level = ExportInput['level'];

const levelOf = ({ type }: OperationCall): Level => (type === 'Group' ? 'group' : type === 'Patient' ? 'patient' : 'system');

function checkType(type: string, { request }: OperationCall, services: Services): void {
  const { definitions } = services;
  const expression = '_type';
  if (!definitions.isResourceType(type)) {
    const near = nearest(type, definitions.resourceTypes);
    throw refusal(
      'value',
      `_type lists resource types; "${type.slice(0, 64)}" is none.${near === undefined ? '' : ` Did you mean ${near}?`}`,
      { expression },
    );
  }
  if (services.access(request.principal).condition(type, ['r', 's']) === undefined)
    throw refusal('forbidden', `To export ${type} needs a scope such as system/${type}.rs, which was not granted.`, { expression });
}

/** Outside of the compartment, and about a patient nevertheless. */
const aboutPatients: ReadonlySet<string> = new Set(pointing.map((element) => element.split('|')[0] ?? ''));

// SHOULD: an error for "only resource types that are outside the Patient Compartment" — export.html#query-parameters, _type
function checkAnyInRecords(types: readonly string[], level: Level, { definitions }: Services): void {
  const isInRecords = (type: string): boolean =>
    type === 'Patient' || aboutPatients.has(type) || !definitions.isResourceType(type) || definitions.compartment('Patient').has(type);
  if (level === 'system' || types.length === 0 || types.some(isInRecords)) return;
  throw refusal(
    'not-supported',
    `${types.join(', ')}: of these a record holds only what the rest of it refers to. Ask for the rest too, or for [base]/$export?_type=${types.join(',')}.`,
    { expression: '_type' },
  );
}

const filterSyntax = /^([A-Za-z]{1,64})\?(.+)$/s;

/** Several in one text are separated by commas, which values may hold too: a type and a question mark begin the next one. */
const splitFilters = (value: string): readonly string[] => value.split(/,(?=[A-Z][A-Za-z]{1,63}\?)/);

function filterOf(filter: string, types: readonly string[] | undefined, { definitions }: Services): TypeFilter {
  const expression = '_typeFilter';
  const [, type = '', search = ''] = filterSyntax.exec(filter) ?? [];
  if (type === '')
    throw refusal('value', `_typeFilter is a search such as Observation?status=final, not "${filter.slice(0, 100)}".`, { expression });
  if (!definitions.isResourceType(type))
    throw refusal('value', `_typeFilter searches for ${type}, which is no resource type.`, { expression });
  if (types !== undefined && !types.includes(type))
    throw refusal('value', `_typeFilter searches for ${type}, which _type does not list.`, { expression });
  const pairs = [...new URLSearchParams(search)];
  const result = pairs.find(([name]) => isResultParameter(name) || name === '_type');
  if (result !== undefined)
    throw refusal('not-supported', `_typeFilter says which resources are wanted; ${result[0]} says something else.`, { expression });
  return { type, pairs };
}

function elementsOf(values: Arguments, types: readonly string[] | undefined, { definitions }: Services): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const entry of listOf(values, '_elements')) {
    const [, type = '*', name = ''] = /^(?:([A-Z][A-Za-z]*)\.)?([A-Za-z]+)$/.exec(entry) ?? [];
    if (name === '' || (type !== '*' && !definitions.isResourceType(type)))
      throw refusal('value', `_elements lists elements such as id or Patient.name, not "${entry.slice(0, 64)}".`, {
        expression: '_elements',
      });
    checkElements(definitions, type === '*' ? (types ?? definitions.resourceTypes) : type, [name]);
    found[type] = [...(found[type] ?? []), name];
  }
  return found;
}

const referenceSyntax = /^(?:Patient\/)?([A-Za-z0-9\-.]{1,64})$/;

function patientIds(call: OperationCall, level: Level): readonly string[] | undefined {
  const named = level === 'patient' && call.id !== undefined ? [call.id] : undefined;
  const asked = listOf(call.arguments, 'patient');
  if (asked.length === 0) return named;
  if (level === 'system' || named !== undefined)
    throw refusal('not-supported', 'patient chooses among the patients of [base]/Patient/$export and [base]/Group/[id]/$export.', {
      expression: 'patient',
    });
  // SHALL: only in a kick-off by POST — export.html#query-parameters
  if (call.request.method !== 'POST')
    throw refusal('not-supported', 'patient is sent with POST, in a Parameters resource.', { expression: 'patient' });
  return asked.map((reference) => {
    const local = reference.startsWith(`${call.request.base}/`) ? reference.slice(call.request.base.length + 1) : reference;
    const id = referenceSyntax.exec(local)?.[1];
    if (id !== undefined && isId(id)) return id;
    throw refusal('value', `patient is a reference such as Patient/23, not "${reference.slice(0, 100)}".`, { expression: 'patient' });
  });
}

const provenances: Readonly<Record<string, 'latest' | 'relevant'>> = {
  LatestProvenanceResources: 'latest',
  RelevantProvenanceResources: 'relevant',
};

function provenanceOf(values: Arguments): 'latest' | 'relevant' | undefined {
  const expression = 'includeAssociatedData';
  const found = listOf(values, 'includeAssociatedData').map((code) => {
    const wanted = Object.hasOwn(provenances, code) ? provenances[code] : undefined;
    if (wanted !== undefined) return wanted;
    throw refusal(
      'not-supported',
      `includeAssociatedData is LatestProvenanceResources or RelevantProvenanceResources, not "${code.slice(0, 64)}".`,
      { expression },
    );
  });
  // SHALL: "If multiple conflicting values are included, the server SHALL apply the least restrictive value" — includeAssociatedData
  return found.includes('relevant') ? 'relevant' : found[0];
}

function organizedBy(values: Arguments, level: Level): 'Patient' | undefined {
  const expression = 'organizeOutputBy';
  const type = text(values, 'organizeOutputBy');
  if (type === undefined) return undefined;
  if (type !== 'Patient') throw refusal('not-supported', `organizeOutputBy is Patient, not "${type.slice(0, 64)}".`, { expression });
  if (level !== 'system') return type;
  throw refusal('not-supported', 'organizeOutputBy goes with [base]/Patient/$export and [base]/Group/[id]/$export.', { expression });
}

function checkPartial(values: Arguments): void {
  const value = text(values, 'allowPartialManifests');
  if (value !== undefined && value !== 'true' && value !== 'false')
    throw refusal('value', 'allowPartialManifests is true or false.', { expression: 'allowPartialManifests' });
}

/** A FHIR instant; nothing is changed after the end of what is asked for and before its beginning. */
function checkOrder(since: string | undefined, until: string | undefined): void {
  if (since !== undefined && until !== undefined && since >= until)
    throw refusal('value', '_until lies before _since: nothing was changed in between.', { expression: '_until' });
}

/** What is undefined is left out. */
const given = <T extends object>(values: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;

/** Finds nothing, but looks up all that the search needs, such as value sets. */
const askedInVain = (query: Query): Query => ({
  ...query,
  conditions: [...query.conditions, { kind: 'id', ids: ['-'], negated: false }],
  summary: 'count',
});

/** Throws one FhirError with everything that is wrong. */
export async function inputOf(call: OperationCall, services: Services): Promise<ExportInput> {
  const { arguments: values, request } = call;
  const faults = new Faults();
  const level = levelOf(call);
  await faults.of(() => checkFormat(values));
  await faults.of(() => checkPartial(values));
  const since = await faults.of(() => readInstant('_since', text(values, '_since')));
  const until = await faults.of(() => readInstant('_until', text(values, '_until')));
  await faults.of(() => checkOrder(since, until));
  const listed = [...new Set(listOf(values, '_type'))];
  const types = listed.length === 0 ? undefined : listed;
  for (const type of listed) await faults.of(() => checkType(type, call, services));
  await faults.of(() => checkAnyInRecords(listed, level, services));
  const found = await Promise.all(
    texts(values, '_typeFilter')
      .flatMap(splitFilters)
      .map((filter) => faults.of(() => filterOf(filter, types, services))),
  );
  const filters = found.filter((filter) => filter !== undefined);
  const asked = { base: request.base, ...given({ since, until }) };
  const { timeZone } = services.settings;
  const context = { definitions: services.definitions, now: services.now(), ...given({ timeZone }) };
  for (const filter of filters) {
    await faults.of(() => checkType(filter.type, call, services));
    await faults.of(() => services.repository(request.principal).search(askedInVain(filtered(context, asked, filter))));
  }
  const elements = await faults.of(() => elementsOf(values, types, services));
  const patients = await faults.of(() => patientIds(call, level));
  const provenance = await faults.of(() => provenanceOf(values));
  if (provenance !== undefined) await faults.of(() => checkType('Provenance', call, services));
  const organizeBy = await faults.of(() => organizedBy(values, level));
  if (patients !== undefined && call.id === undefined) await faults.of(() => checkPatients(patients, call, services, context));
  faults.assertNone();
  return {
    ...{ level, ...asked, filters },
    ...given({ group: level === 'group' ? call.id : undefined, types, patients, provenance, organizeBy }),
    ...(elements === undefined || Object.keys(elements).length === 0 ? {} : { elements }),
  };
}

const checkedAtOnce = 1000;

/** SHOULD: whoever is not known or not within reach is told of at once — export.html#query-parameters */
async function checkPatients(
  ids: readonly string[],
  { request }: OperationCall,
  services: Services,
  context: Parameters<typeof wholeTypes>[0],
): Promise<void> {
  const missing: string[] = [];
  for (let from = 0; from < ids.length; from += checkedAtOnce) {
    const some = ids.slice(from, from + checkedAtOnce);
    const query = wholeTypes(context, { base: request.base }, ['Patient']);
    const page = await services.repository(request.principal).search({
      ...query,
      conditions: [...query.conditions, { kind: 'id', ids: some, negated: false }],
      count: some.length,
    });
    const known = new Set(page.matches.map(({ id }) => id));
    missing.push(...some.filter((id) => !known.has(id)));
  }
  if (missing.length === 0) return;
  const shown = missing.slice(0, 10).map((id) => `Patient/${id}`);
  throw refusal(
    'not-found',
    `Not known here: ${shown.join(', ')}${missing.length > shown.length ? ` and ${missing.length - shown.length} more` : ''}.`,
    { expression: 'patient' },
  );
}
