/**
 * A StructureDefinition of which only what has the right form is left: packages are not checked before they are read.
 * https://hl7.org/fhir/R4/structuredefinition.html
 */
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import type { StructureDefinition } from './structure-definition.ts';

type Form = (value: unknown) => unknown;

const text: Form = (value) => (typeof value === 'string' ? value : undefined);
const truth: Form = (value) => (typeof value === 'boolean' ? value : undefined);

const listOf =
  (item: Form): Form =>
  (value) =>
    Array.isArray(value) ? value.map(item).filter((one) => one !== undefined) : undefined;

/** `needed`: without them there is no such object. */
const objectOf =
  (forms: Readonly<Record<string, Form>>, needed: readonly string[] = []): Form =>
  (value) => {
    if (!isObject(value)) return undefined;
    const made: JsonObject = { ...value };
    for (const [key, form] of Object.entries(forms)) {
      const part = value[key] === undefined ? undefined : form(value[key]);
      if (part === undefined) delete made[key];
      else made[key] = part;
    }
    return needed.every((key) => made[key] !== undefined) ? made : undefined;
  };

const extension: Form = objectOf({ url: text, extension: (value) => extensions(value) }, ['url']);
const extensions: Form = listOf(extension);
const discriminator = objectOf({ type: text, path: text }, ['type', 'path']);
const twins: Form = (value) => (Array.isArray(value) ? value.map((one) => objectOf({ extension: extensions })(one) ?? null) : undefined);

const type = objectOf(
  { code: text, profile: listOf(text), _profile: twins, targetProfile: listOf(text), aggregation: listOf(text), versioning: text },
  ['code'],
);

const element = objectOf(
  {
    id: text,
    path: text,
    sliceName: text,
    slicing: objectOf({ discriminator: listOf(discriminator), ordered: truth, rules: text }),
    max: text,
    type: listOf(type),
    binding: objectOf({ strength: text, valueSet: text, extension: extensions }),
    constraint: listOf(objectOf({ key: text, severity: text, human: text, expression: text, source: text })),
    isModifier: truth,
    extension: extensions,
  },
  ['path'],
);

const elements = objectOf({ element: listOf(element) });

const structure = objectOf({
  version: text,
  kind: text,
  derivation: text,
  baseDefinition: text,
  context: listOf(objectOf({ type: text, expression: text }, ['type', 'expression'])),
  contextInvariant: listOf(text),
  differential: elements,
  snapshot: elements,
});

export const wellFormed = (definition: StructureDefinition): StructureDefinition => structure(definition) as StructureDefinition;
