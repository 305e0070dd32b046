/**
 * The summary that a server makes when it is fetched, as a DocumentReference that leads to it.
 * https://hl7.org/fhir/uv/ipa/STU1/StructureDefinition-ipa-documentreference.html, https://hl7.org/fhir/us/core/STU7/StructureDefinition-us-core-documentreference.html
 */
import type { Resource } from '../../fhir/resource.ts';
import { summaryProfile, summaryType } from '../summary/document.ts';
import { paragraph } from '../summary/narrative.ts';

export interface OnDemandOptions {
  readonly patientId: string;
  /** Absolute FHIR base without trailing slash. */
  readonly base: string;
  /** Now, as a FHIR instant. */
  readonly at: string;
  readonly uuid: string;
}

const noteCategory = {
  system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
  code: 'clinical-note',
  display: 'Clinical Note',
};

const description = 'International Patient Summary, made when it is fetched';

/** It is stored nowhere: its id is one of this answer alone. */
export const onDemandSummary = ({ patientId, base, at, uuid }: OnDemandOptions): Resource => ({
  resourceType: 'DocumentReference',
  id: uuid,
  text: paragraph(description),
  status: 'current',
  type: { coding: [summaryType] },
  category: [{ coding: [noteCategory] }],
  subject: { reference: `Patient/${patientId}` },
  date: at,
  description,
  content: [
    {
      attachment: {
        contentType: 'application/fhir+json',
        url: `${base}/Patient/${encodeURIComponent(patientId)}/$summary`,
        title: 'International Patient Summary',
      },
      format: { system: 'urn:ietf:rfc:3986', code: summaryProfile, display: 'International Patient Summary 1.1.0' },
    },
  ],
});
