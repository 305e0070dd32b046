/** A document as the text of a Bundle: stored texts are passed through. https://hl7.org/fhir/R4/documents.html */
import { baseText } from '../../fhir/bundle.ts';
import type { StoredVersion } from '../../repository/stored-version.ts';

export interface DocumentHead {
  /** Absolute FHIR base without trailing slash. */
  readonly base: string;
  /** When it is made, as a FHIR instant. */
  readonly at: string;
  /** A fresh UUID each time. */
  readonly uuid: string;
}

// SHALL: an identifier that is never used again, and when it was assembled — documents.html#content
export function documentText({ base, at, uuid }: DocumentHead, versions: readonly StoredVersion[]): string {
  const identifier = `{"system":"urn:ietf:rfc:3986","value":"urn:uuid:${uuid}"}`;
  const root = baseText(base);
  const entries = versions.map(({ type, id, body }) => `{"fullUrl":"${root}/${type}/${id}","resource":${body}}`);
  return `{"resourceType":"Bundle","meta":{"lastUpdated":"${at}"},"identifier":${identifier},"type":"document","timestamp":"${at}","entry":[${entries.join(',')}]}`;
}
