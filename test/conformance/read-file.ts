/** A resource from a file by the readers of the server: what they refuse is what the server says about the text. */
import { readFileSync } from 'node:fs';
import type { Definitions } from '../../src/fhir/definitions.ts';
import { parseJson } from '../../src/fhir/json.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import { isObject, type Resource } from '../../src/fhir/resource.ts';
import { type Survey, surveyXml } from '../../src/fhir/xml/read.ts';
import { textOf } from '../../src/http/body.ts';

export const readFile = (path: string, definitions: Definitions): Survey => {
  try {
    const text = textOf(readFileSync(path));
    return path.endsWith('.xml') ? surveyXml(text, definitions) : { resource: resourceOf(parseJson(text)), faults: [] };
  } catch (error) {
    if (error instanceof FhirError) return { resource: undefined, faults: error.issues };
    throw error;
  }
};

/** Whatever has no type is for the validator to judge. */
const resourceOf = (value: unknown): Resource => (isObject(value) ? value : { resourceType: '' }) as Resource;
