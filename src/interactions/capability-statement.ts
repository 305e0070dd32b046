/** The CapabilityStatement: made from the registry, the table of interactions and the list of operations. https://hl7.org/fhir/R4/capabilitystatement.html */
import type { Definitions, SearchParameter } from '../fhir/definitions.ts';
import type { Resource } from '../fhir/resource.ts';
import { documentation } from '../genomics/documentation.ts';
import type { OperationDefinition } from '../operations/definition.ts';
import { summaryVersion } from '../record/summary/document.ts';
import { compartmentCodes } from '../search/scope.ts';
import type { InteractionSettings } from './interaction.ts';

import { patchFormats } from './patch.ts';
import type { Route } from './route.ts';
import { security } from './security-statement.ts';

export interface CapabilitySource {
  readonly definitions: Definitions;
  readonly settings: InteractionSettings;
  /** Search parameters that can be used for a type. */
  readonly searchParameters: (type: string) => readonly SearchParameter[];
  /** Values that `_include` and `_revinclude` take in a search for a type. */
  readonly includes: (type: string) => readonly string[];
  readonly reverseIncludes: (type: string) => readonly string[];
  readonly routes: readonly Pick<Route, 'name' | 'path' | 'conditional'>[];
  readonly operations: readonly OperationDefinition[];
  readonly base: string;
  /** FHIR dateTime of the statement. */
  readonly date: string;
}

/** What FHIR has no interaction code for. */
const unlisted: ReadonlySet<string> = new Set(['operation', 'capabilities', 'search-compartment']);

/** Codes of the interactions, each once, in the order of the table. */
function codesOf({ routes }: CapabilitySource, isOfType: boolean): { code: string }[] {
  const own = routes.filter(({ name, path }) => !unlisted.has(name) && path.startsWith('[type]') === isOfType);
  return [...new Set(own.map(({ name }) => name))].map((code) => ({ code }));
}

const searchParameterOf = ({ code, url, type, description }: SearchParameter): object => ({
  name: code,
  definition: url,
  type,
  ...(description === '' ? {} : { documentation: description }),
});

const operationOf = ({ code, url, urls = {}, alsoKnownAs = [], documentation }: OperationDefinition, type = ''): readonly object[] =>
  [urls[type] ?? url, ...alsoKnownAs].map((definition) => ({ name: code, definition, documentation }));

/** An empty array is no FHIR JSON. */
const unlessEmpty = (name: string, items: readonly object[]): object => (items.length === 0 ? {} : { [name]: items });

function isConditional({ routes }: CapabilitySource, name: string): boolean {
  return routes.some((route) => route.name === name && route.conditional === true);
}

function conditionsOf(source: CapabilitySource): object {
  const { updateCreate, conditionalDelete } = source.settings;
  return {
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: isConditional(source, 'update'),
    conditionalDelete: isConditional(source, 'delete') ? (conditionalDelete ?? 'single') : 'not-supported',
  };
}

function resourceOf(source: CapabilitySource, type: string, interaction: readonly object[]): object {
  const operations = source.operations.filter(
    (operation) => (operation.type || operation.instance) && (operation.resource?.includes(type) ?? true),
  );
  return {
    type,
    profile: source.definitions.type(type)?.url ?? `http://hl7.org/fhir/StructureDefinition/${type}`,
    ...(documentation[type] === undefined ? {} : { documentation: documentation[type] }),
    interaction,
    ...conditionsOf(source),
    referencePolicy: ['literal'],
    searchInclude: source.includes(type),
    searchRevInclude: source.reverseIncludes(type),
    ...unlessEmpty('searchParam', source.searchParameters(type).map(searchParameterOf)),
    ...unlessEmpty(
      'operation',
      operations.flatMap((operation) => operationOf(operation, type)),
    ),
  };
}

function restOf(source: CapabilitySource): object {
  const interaction = codesOf(source, true);
  return {
    mode: 'server',
    ...(source.settings.authorization === true ? { security: security(source.base) } : {}),
    resource: source.definitions.resourceTypes.map((type) => resourceOf(source, type, interaction)),
    ...unlessEmpty('interaction', codesOf(source, false)),
    ...unlessEmpty(
      'operation',
      source.operations.filter(({ system }) => system).flatMap((operation) => operationOf(operation)),
    ),
    compartment: compartmentCodes.map((code) => `http://hl7.org/fhir/CompartmentDefinition/${code.toLowerCase()}`),
  };
}

export const capabilityStatement = (source: CapabilitySource): Resource => ({
  resourceType: 'CapabilityStatement',
  id: 'anamnesis',
  name: 'Anamnesis',
  title: 'Anamnesis FHIR server',
  status: 'active',
  date: source.date,
  publisher: 'Anamnesis',
  kind: 'instance',
  instantiates: [
    'http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data',
    `http://hl7.org/fhir/uv/ips/CapabilityStatement/ips-server|${summaryVersion}`,
  ],
  software: { name: 'Anamnesis', version: source.settings.softwareVersion },
  implementation: { description: 'One complete health history per person', url: source.base },
  fhirVersion: '4.0.1',
  implementationGuide: [`http://hl7.org/fhir/uv/ips/ImplementationGuide/hl7.fhir.uv.ips|${summaryVersion}`],
  format: ['application/fhir+json', 'application/fhir+xml', 'json', 'xml'],
  patchFormat: patchFormats,
  rest: [restOf(source)],
});
