/** The one way to write a resource in JSON for signatures. https://hl7.org/fhir/R4/json.html#canonical */
import { carryExact, printJson } from '../../../fhir/json.ts';
import { isObject, type JsonObject, type Resource } from '../../../fhir/resource.ts';

const prefix = 'http://hl7.org/fhir/canonicalization/json';

/** What each variant leaves out of a Bundle, beside the signature itself. */
const leftOut: Readonly<Record<string, readonly string[]>> = { '': [], '#document': ['id', 'meta'] };

/** Undefined for variants that are not known. */
export function canonicalBundle(bundle: Resource, method: string): string | undefined {
  const variant = method.startsWith(prefix) ? leftOut[method.slice(prefix.length)] : undefined;
  if (variant === undefined) return undefined;
  const content = sorted(bundle) as JsonObject;
  for (const name of ['signature', ...variant]) delete content[name];
  return printJson(content);
}

/** Properties in the order of their names, numbers with the digits they had. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    carryExact(value, items);
    return items;
  }
  if (!isObject(value)) return value;
  const object: JsonObject = {};
  for (const name of Object.keys(value).sort()) object[name] = sorted(value[name]);
  carryExact(value, object);
  return object;
}
