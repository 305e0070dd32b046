/** Resources to text and back in the two formats of the server. https://hl7.org/fhir/R4/formats.html */
import { type OperationOutcome, refusal } from '../fhir/outcome.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Format, FormatName } from './negotiation.ts';

/** The readers and writers of `fhir/`, bound to the definitions. */
export interface Codec {
  parseJson(text: string): unknown;
  printJson(value: unknown, pretty?: boolean): string;
  readXml(text: string): Resource;
  writeXml(resource: Resource, pretty?: boolean): string;
}

export interface Formats {
  parseJson(text: string): unknown;
  /** Throws FhirError with the position of a fault. */
  read(text: string, format: FormatName): Resource;
  write(resource: Resource | OperationOutcome, format: Format): string;
  /** Text of a resource in stored form (plain JSON); passed through where JSON is wanted as it is. */
  rewrite(json: string, format: Format): string;
}

function asResource(value: unknown): Resource {
  if (!isObject(value)) throw refusal('structure', 'The body is not a resource: a JSON object was expected.');
  if (typeof value.resourceType !== 'string') throw refusal('structure', 'The body is not a resource: it has no resourceType.');
  return value as Resource;
}

export function createFormats(codec: Codec): Formats {
  const write = (resource: Resource | OperationOutcome, format: Format): string =>
    format.name === 'xml' ? codec.writeXml(resource as Resource, format.pretty) : codec.printJson(resource, format.pretty);
  return {
    parseJson: codec.parseJson,
    read: (text, format) => (format === 'xml' ? codec.readXml(text) : asResource(codec.parseJson(text))),
    write,
    rewrite: (json, format) => (format.name === 'json' && !format.pretty ? json : write(codec.parseJson(json) as Resource, format)),
  };
}
