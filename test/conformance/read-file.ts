/** A resource from a file by the readers of the server: what they refuse is what the server says about the text. */
import { readFileSync } from 'node:fs';
import type { Definitions } from '../../src/fhir/definitions.ts';
import { parseJson, printJson } from '../../src/fhir/json.ts';
import { FhirError, type Issue } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { writeXml } from '../../src/fhir/xml/write.ts';
import { textOf } from '../../src/http/body.ts';
import { createFormats } from '../../src/http/formats.ts';

export type Reading = { readonly resource: Resource } | { readonly issues: readonly Issue[] };

export const readerOf = (definitions: Definitions): ((path: string) => Reading) => {
  const formats = createFormats({
    parseJson,
    printJson,
    readXml: (text) => readXml(text, definitions),
    writeXml: (resource) => writeXml(resource, definitions),
  });
  return (path) => {
    try {
      return { resource: formats.read(textOf(readFileSync(path)), path.endsWith('.xml') ? 'xml' : 'json') };
    } catch (error) {
      if (error instanceof FhirError) return { issues: error.issues };
      throw error;
    }
  };
};
