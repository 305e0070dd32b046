/**
 * The additional resource type GenomicStudy of R5, cut out of the official package: structures, search parameters, compartment, codes.
 * https://hl7.org/fhir/R5/genomicstudy.html
 */
import { isObject, type JsonObject, type Resource } from '../src/fhir/resource.ts';
import { readPackage } from './package-resource.ts';

const name = 'GenomicStudy';

/** The type and the one data type of R5 that it needs. */
const structures: ReadonlySet<unknown> = new Set([name, 'CodeableReference']);

export function genomicStudy(): Resource[] {
  const read = readPackage('hl7.fhir.r5.core');
  const belongs = ({ id = '' }: Resource): boolean => id.startsWith('genomicstudy-');
  return [
    ...read('StructureDefinition').filter(({ id }) => structures.has(id)),
    ...read('SearchParameter').filter(({ id = '' }) => id.startsWith(`${name}-`)),
    ...read('CompartmentDefinition')
      .filter(({ url }) => url === 'http://hl7.org/fhir/CompartmentDefinition/patient')
      .map(onlyThisType),
    ...[...read('ValueSet'), ...read('CodeSystem')].filter(belongs),
  ].map(cut);
}

function onlyThisType(compartment: Resource): Resource {
  const members = compartment['resource'] as readonly JsonObject[];
  return { ...compartment, resource: members.filter(({ code }) => code === name) };
}

/** What people read elsewhere and the server never does. */
const bulk: ReadonlySet<string> = new Set(
  'alias comment contact differential definition documentation example identifier jurisdiction mapping meaningWhenMissing orderMeaning purpose requirements text'.split(
    ' ',
  ),
);

function cut<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cut) as T;
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key, part]) => !(bulk.has(key) && !isCode(key, part)));
  return Object.fromEntries(kept.map(([key, part]) => [key, cut(part)])) as T;
}

/** Search parameter components are defined by a canonical; everything else of that name is prose. */
const isCode = (key: string, part: unknown): boolean => key === 'definition' && typeof part === 'string' && part.startsWith('http');
