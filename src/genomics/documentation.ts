/** What the CapabilityStatement says of genomic studies. https://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.rest.resource.documentation */
import { shapeNames } from '../auth/study-shape.ts';
import { exactParameters } from './exact-parameter.ts';
import { preference } from './shape-name.ts';

const searched = (type: string): string => (exactParameters[type] ?? []).join(', ');

const otherType = (type: string, shape: string, what: string): string =>
  `Genomic studies are taken as ${what} and stored as GenomicStudy; each is answered at [base]/${type}/[id of the study] too. Clients that chose Prefer: ${preference}=${shape} find them in searches, by ${searched(type)}.`;

/** By resource type. */
export const documentation: Readonly<Record<string, string>> = {
  GenomicStudy: `R5 5.0.0, as an additional resource. Told in the shape that a client chose by Prefer: ${preference}=${shapeNames.join('|')}, by fhirVersion=6.0 in Accept, or by genomic_study of its registration; native otherwise.`,
  Procedure: otherType('Procedure', 'procedure', 'Procedures of Genomics Reporting (genomic-study, genomic-study-analysis)'),
  Basic: otherType('Basic', 'basic', 'Basics with the cross-version extensions of R5'),
};
