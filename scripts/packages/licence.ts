/** Whose terms hold for the codes that a package quotes. */

const owners: readonly (readonly [system: string, note: string])[] = [
  ['http://loinc.org', 'LOINC: © Regenstrief Institute, Inc. and the LOINC Committee; free of charge under https://loinc.org/license.'],
  ['http://snomed.info/sct', 'SNOMED CT: © SNOMED International; use may need an affiliate licence (https://www.snomed.org/get-snomed).'],
  ['http://www.nlm.nih.gov/research/umls/rxnorm', 'RxNorm: U.S. National Library of Medicine; terms of the UMLS.'],
  ['http://www.ama-assn.org/go/cpt', 'CPT: © American Medical Association; use may need a licence.'],
  ['http://nucc.org/provider-taxonomy', 'Health Care Provider Taxonomy: © National Uniform Claim Committee.'],
  ['http://hl7.org/fhir/sid/icd-10-cm', 'ICD-10-CM: U.S. National Center for Health Statistics.'],
  ['http://hl7.org/fhir/sid/icd-10', 'ICD-10: © World Health Organization.'],
  ['http://www.genenames.org', 'HGNC: gene names, free of restrictions.'],
  ['http://www.genenames.org/geneId', 'HGNC: gene names, free of restrictions.'],
  ['http://www.sequenceontology.org', 'Sequence Ontology: CC-BY-4.0.'],
  ['http://unitsofmeasure.org', 'UCUM: © Regenstrief Institute, Inc.; free of charge under https://ucum.org/license.'],
  ['http://dicom.nema.org/resources/ontology/DCM', 'DICOM: © National Electrical Manufacturers Association.'],
  ['urn:iso:std:iso:3166', 'ISO 3166: © International Organization for Standardization.'],
];

const freeSets = 'The SNOMED International IPS Terminology (the "free sets"): © SNOMED International, CC-BY-4.0.';

/** Those whose codes the texts quote, each once. */
export function licenceNotes(texts: readonly string[]): readonly string[] {
  const quotes = (text: string): boolean => texts.some((one) => one.includes(text));
  const notes = owners.filter(([system]) => quotes(`"${system}"`)).map(([, note]) => note);
  return [...new Set(quotes('SNOMED International IPS Terminology') ? [...notes, freeSets] : notes)];
}
