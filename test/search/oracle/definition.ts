/** The published search parameters and compartments, as the official package has them. https://hl7.org/fhir/R4/searchparameter-registry.html */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../../../src/root.ts';

export type ParameterKind = 'number' | 'date' | 'string' | 'token' | 'reference' | 'composite' | 'quantity' | 'uri' | 'special';

export interface Parameter {
  readonly url: string;
  readonly code: string;
  readonly type: ParameterKind;
  readonly expression?: string;
  /** `phonetic` where values are compared by their sound. */
  readonly xpathUsage?: string;
  /** Types that a reference may lead to. */
  readonly target: readonly string[];
  readonly component: readonly { readonly definition: string; readonly expression: string }[];
}

interface Definition extends Partial<Omit<Parameter, 'url'>> {
  readonly id: string;
  readonly url?: string;
  readonly base?: readonly string[];
  readonly resource?: readonly { readonly code: string; readonly param?: readonly string[] }[];
  readonly kind?: string;
  readonly abstract?: boolean;
  readonly name?: string;
}

const folder = projectFile('node_modules', 'hl7.fhir.r4.examples');
const standard = 'http://hl7.org/fhir/';

const readDefinition = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

const names = readdirSync(folder);
const isThere = new Set(names);

/** The StructureDefinition of a type; undefined for what is none of FHIR's. */
export const structureOf = (type: string): unknown =>
  isThere.has(`StructureDefinition-${type}.json`) ? readDefinition(`StructureDefinition-${type}`) : undefined;

export const definitionsOf = (kind: string): readonly Definition[] =>
  names
    .filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.json'))
    .map((name) => readDefinition(name.slice(0, -5)) as Definition);

// The package holds examples of definitions beside R4's own.
const published = definitionsOf('SearchParameter').filter(
  ({ id, url = '' }) => url.startsWith(`${standard}SearchParameter/`) && !id.startsWith('example'),
);

const withoutNarrative: ReadonlySet<string> = new Set(['Binary', 'Bundle', 'Parameters']);

const appliesTo = (base: readonly string[], type: string): boolean =>
  base.includes(type) || base.includes('Resource') || (base.includes('DomainResource') && !withoutNarrative.has(type));

const parameterOf = ({
  url = '',
  code = '',
  type = 'special',
  expression,
  xpathUsage,
  target = [],
  component = [],
}: Definition): Parameter => ({
  url,
  code,
  type,
  target,
  component,
  ...(expression === undefined ? {} : { expression }),
  ...(xpathUsage === undefined ? {} : { xpathUsage }),
});

const known = new Map<string, ReadonlyMap<string, Parameter>>();

/** Parameters of a type by code; those of all resources stand behind those of the type itself. */
export function parametersOf(type: string): ReadonlyMap<string, Parameter> {
  const found =
    known.get(type) ??
    new Map(published.filter(({ base = [] }) => appliesTo(base, type)).map((each) => [each.code ?? '', parameterOf(each)]));
  known.set(type, found);
  return found;
}

const byUrl = new Map(published.map((each) => [each.url, parameterOf(each)]));

export function parameterByUrl(url: string): Parameter {
  const found = byUrl.get(url);
  if (!found) throw new Error(`no search parameter ${url}`);
  return found;
}

export const compositeCodes: ReadonlySet<string> = new Set(
  published.filter(({ type }) => type === 'composite').map(({ code = '' }) => code),
);

/** Every type of R4 that can be stored. */
export const resourceTypes: readonly string[] = names
  .filter((name) => /^StructureDefinition-[A-Z]\w*\.json$/.test(name))
  .map((name) => readDefinition(name.slice(0, -5)) as Definition)
  .filter(
    ({ kind, abstract, url = '', name }) => kind === 'resource' && abstract === false && url === `${standard}StructureDefinition/${name}`,
  )
  .map(({ name = '' }) => name);

const isType = new Set(resourceTypes);
export const isResourceType = (name: string): boolean => isType.has(name);

const compartments = new Map(
  definitionsOf('CompartmentDefinition')
    .filter(({ id }) => id !== 'example')
    .map(({ code = '', resource = [] }) => [code, resource]),
);

/** Codes of the parameters by which resources of a type are in the compartment; undefined = never. https://hl7.org/fhir/R4/compartmentdefinition.html */
export const compartmentCodes = (compartment: string, type: string): readonly string[] | undefined =>
  compartments.get(compartment)?.find(({ code }) => code === type)?.param;
