/**
 * Whose record a resource is in, computed from resources alone: with the official compartment definition, search parameters and an
 * independent FHIRPath engine, and with nothing of the server. What it computes is what docs/record.md says.
 */
import { readdirSync, readFileSync } from 'node:fs';
import fhirpath, { type Model } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { projectFile } from '../../src/root.ts';

export interface GraphResource {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}

const folder = projectFile('node_modules', 'hl7.fhir.r4.examples');
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** Parameter codes of R4's patient compartment by type, and those of the additional types. */
const compartment = new Map<string, string[]>([
  ...read(`${folder}/CompartmentDefinition-patient.json`).resource.map((member: { code: string; param?: string[] }) => [
    member.code,
    member.param ?? [],
  ]),
  ...read(projectFile('fhir-profiles', 'genomic-study', 'CompartmentDefinition-patient.json')).resource.map(
    (member: { code: string; param: string[] }) => [member.code, member.param],
  ),
]);

const isMember = (type: string): boolean => type === 'Patient' || (compartment.get(type)?.length ?? 0) > 0;

const searchParameters = new Map<string, string>([['GenomicStudy.patient', 'GenomicStudy.subject']]);
for (const file of readdirSync(folder).filter((name) => name.startsWith('SearchParameter-'))) {
  const parameter = read(`${folder}/${file}`);
  if (!String(parameter.url).startsWith('http://hl7.org/fhir/SearchParameter/')) continue;
  for (const base of parameter.base ?? []) searchParameters.set(`${base}.${parameter.code}`, parameter.expression ?? '');
}

const expressions = new Map<string, readonly string[]>();

/** FHIRPath expressions of the compartment parameters of a type, cut to the branches of that type. */
function expressionsOf(type: string): readonly string[] {
  const known = expressions.get(type);
  if (known) return known;
  const found = (compartment.get(type) ?? []).map((code) => searchParameters.get(`${type}.${code}`) ?? '');
  const branches = found.flatMap((text) => text.split('|').map((branch) => branch.trim().replace(/\.where\(resolve\(\) is \w+\)/g, '')));
  const own = branches.filter((branch) => branch.startsWith(`${type}.`) || branch.startsWith(`(${type}.`));
  expressions.set(type, own);
  return own;
}

/** Elements outside the compartment that say whom a resource is about. */
const pointing: Readonly<Record<string, string>> = {
  Contract: 'subject',
  Device: 'patient',
  GuidanceResponse: 'subject',
  Linkage: 'item.resource',
  Observation: 'focus',
  VerificationResult: 'target',
};
/** They hold or list others. */
const holders = new Set(['Bundle', 'Group', 'Parameters', 'Patient']);

function* referencesIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* referencesIn(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      if (key === 'reference' && typeof child === 'string') yield child;
      else yield* referencesIn(child);
    }
  }
}

const isPatient = (name: string): boolean => name.startsWith('Patient/');
const typeOf = (name: string): string => name.slice(0, name.indexOf('/'));

interface Node {
  readonly to: readonly string[];
  /** Patients in whose compartment it is. */
  readonly of: readonly string[];
  /** Patients whom it is about otherwise. */
  readonly about: readonly string[];
  /** Of a Provenance, its targets; of a Patient, its links. */
  readonly special: readonly string[];
}

export class RecordGraph {
  readonly #nodes = new Map<string, Node>();

  /** `resolve` makes `Type/id` of a reference as it stands in the input. */
  add(name: string, resource: GraphResource, resolve: (reference: string) => string = (reference) => reference): void {
    const at = (expression: string): string[] =>
      (fhirpath.evaluate(resource, expression, {}, r4 as Model) as { reference?: string }[]).flatMap(({ reference }) =>
        typeof reference === 'string'
          ? [
              resolve(reference)
                .split(/[#|?]/)[0]
                ?.replace(/\/_history\/.*/, '') ?? '',
            ]
          : [],
      );
    const type = resource.resourceType;
    const special = type === 'Provenance' ? at('target') : type === 'Patient' ? at('link.other') : [];
    const about = pointing[type];
    this.#nodes.set(name, {
      to: [...referencesIn(resource)].map((reference) => resolve(reference).replace(/(\/_history\/|#).*/, '')),
      of: [...expressionsOf(type).flatMap(at).filter(isPatient), ...(type === 'Patient' ? [name] : [])],
      about: about === undefined ? [] : at(about).filter(isPatient),
      special,
    });
  }

  get patients(): readonly string[] {
    return [...this.#nodes.keys()].filter(isPatient);
  }

  /** What is in the compartment of the patient alone. */
  compartment(patient: string): Set<string> {
    return new Set([...this.#nodes].filter(([, { of }]) => of.includes(patient)).map(([name]) => name));
  }

  /** All patients who are the same person. */
  #person(patient: string): Set<string> {
    const person = new Set([patient]);
    for (let size = 0; size !== person.size; ) {
      size = person.size;
      for (const [name, { special }] of this.#nodes) {
        if (!isPatient(name)) continue;
        const linked = special.filter((other) => isPatient(other) && this.#nodes.has(other));
        if (person.has(name)) for (const other of linked) person.add(other);
        else if (linked.some((other) => person.has(other))) person.add(name);
      }
    }
    return person;
  }

  expected(patient: string): Set<string> {
    const person = this.#person(patient);
    const isTheirs = ({ to }: Node): boolean => to.every((name) => !isPatient(name) || person.has(name));
    const included = new Set<string>();
    for (const [name, node] of this.#nodes) {
      const { of, about, to } = node;
      const mentions = of.length === 0 && !holders.has(typeOf(name)) && to.some((each) => person.has(each)) && isTheirs(node);
      if (of.some((each) => person.has(each)) || about.some((each) => person.has(each)) || mentions) included.add(name);
    }
    const provenances = [...this.#nodes].filter(([name, { of }]) => name.startsWith('Provenance/') && of.length === 0);
    for (let size = -1; size !== included.size; ) {
      size = included.size;
      for (const name of included)
        for (const to of this.#nodes.get(name)?.to ?? []) {
          const node = this.#nodes.get(to);
          if (node !== undefined && !isMember(typeOf(to)) && isTheirs(node)) included.add(to);
        }
      for (const [name, { special }] of provenances) if (special.some((target) => included.has(target))) included.add(name);
    }
    return included;
  }
}
