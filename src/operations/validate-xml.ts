/** What only the XML of a resource can have wrong and reading forgives: the order of its elements. https://hl7.org/fhir/R4/xml.html */
import type { Definitions } from '../fhir/definitions.ts';
import type { Issue } from '../fhir/outcome.ts';
import { surveyXml } from '../fhir/xml/read.ts';
import type { RequestBody } from '../interactions/interaction.ts';

/** Issues of a body that could be read; none where it is no XML. */
export function xmlIssues({ contentType, bytes }: RequestBody, definitions: Definitions): readonly Issue[] {
  if (bytes.length === 0 || !contentType.endsWith('xml')) return [];
  return surveyXml(bytes.toString('utf8'), definitions).faults;
}
