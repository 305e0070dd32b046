/** What rules say about a resource, as lines that tests can compare. */
import { loadDefinitions } from '../../../src/fhir/registry.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import { Collected } from '../../../src/validation/collected.ts';
import { placesOf } from '../../../src/validation/place.ts';
import { surroundingsOf } from '../../../src/validation/surroundings.ts';
import type { Rule } from '../../../src/validation/validation.ts';

export const definitions = loadDefinitions();

/** Issues of the given rules about the resource and all that it holds: `error Bundle.entry[0]: The …`. */
export function told(rules: Rule | readonly Rule[], root: Resource, known: readonly Resource[] = []): string[] {
  return collect(rules, root, known)
    .issues()
    .map(({ severity, expression, diagnostics }) => `${severity} ${expression?.join(', ')}: ${diagnostics}`);
}

/** `error Bundle.entry[0]`: where and how severe, without the text. */
export const placesTold = (rules: Rule | readonly Rule[], root: Resource, known: readonly Resource[] = []): string[] =>
  told(rules, root, known).map((line) => line.slice(0, line.indexOf(': ')));

/** Value sets and places that rules ask about. */
export const askedBy = (rules: Rule | readonly Rule[], root: Resource, known: readonly Resource[] = []): string[] =>
  collect(rules, root, known)
    .questions.asked()
    .map(({ valueSet, strength, at }) => `${strength} ${valueSet} ${at.join(', ')}`);

/** Conformance resources that rules want to see: `CodeSystem http://a.b`. */
export function canonicalsAskedBy(rules: Rule | readonly Rule[], root: Resource): string[] {
  const asked = new Set<string>();
  collect(rules, root, [], (name) => asked.add(name));
  return [...asked];
}

function collect(
  rules: Rule | readonly Rule[],
  root: Resource,
  known: readonly Resource[],
  asked: (name: string) => void = () => undefined,
): Collected {
  const places = placesOf(root, root.resourceType);
  const surroundings = surroundingsOf(definitions, root, places);
  const collected = new Collected();
  const found = (type: string, canonical: string): Resource | undefined => {
    asked(`${type} ${canonical}`);
    return known.find(
      ({ resourceType, url, version }) => resourceType === type && (canonical === url || canonical === `${url}|${version}`),
    );
  };
  for (const { resource, at } of places)
    for (const { types, check } of [rules].flat())
      if (types?.includes(resource.resourceType) ?? true) check(resource, at, collected, surroundings, found);
  return collected;
}

/** Codes that rules ask about, and where. */
export const codingsAskedBy = (rules: Rule | readonly Rule[], root: Resource): string[] =>
  collect(rules, root, [])
    .questions.askedCodings()
    .map(({ system, code, at }) => `${system}#${code} ${at.join(', ')}`);
