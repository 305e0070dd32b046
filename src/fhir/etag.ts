/** Entity tags of versions. https://hl7.org/fhir/R4/http.html#concurrency, https://www.rfc-editor.org/rfc/rfc9110.html#name-etag */
import { refusal } from './outcome.ts';

export const etagOf = (versionId: string): string => `W/"${versionId}"`;

/** The versionIds that a header lists; `*` stands for any. */
export type EntityTags = '*' | readonly string[];

const member = /\s*(?:W\/)?"([^"]*)"\s*(,|$)/y;

function malformed(name: string, header: string): Error {
  const shown = header.length > 40 ? `${header.slice(0, 40)}…` : header;
  return refusal(
    'value',
    `${name} is not a list of entity tags: ${shown}. It is written W/"3" (the versionId in quotes), several with commas between, or *.`,
  );
}

/** Reads If-Match or If-None-Match; strong tags count as weak ones, since versions are compared by versionId. Throws 400. */
export function readEntityTags(name: string, header: string): EntityTags {
  if (header.trim() === '*') return '*';
  const tags: string[] = [];
  member.lastIndex = 0;
  for (let more = true; more; ) {
    const found = member.exec(header);
    if (found === null) throw malformed(name, header);
    tags.push(found[1] ?? '');
    more = found[2] === ',';
  }
  return tags;
}
