/** Which patients a stored text speaks of: found by the references in it, without parsing it. https://hl7.org/fhir/R4/compartmentdefinition-patient.html */

const type = 'Patient/';
/** The store prints references so. */
const before = '"reference":"';
const id = /[A-Za-z0-9\-.]{1,64}/y;

/** What may stand behind an id: the end of the text, a version, a fragment. */
const isEnd = (character: string | undefined): boolean => character === '"' || character === '/' || character === '#';

/** Of `"reference":"http://here/fhir/Patient/1"` too; what is on other servers is nobody of ours. */
function isReference(body: string, at: number, base: string): boolean {
  if (body.charCodeAt(at - 1) === 34) return body.startsWith(before, at - before.length);
  return body.startsWith(`${before}${base}/`, at - before.length - base.length - 1);
}

/** Adds the ids of patients that the resource refers to. */
export function addPatients(body: string, base: string, found: Set<string>): void {
  for (let at = body.indexOf(type); at >= 0; at = body.indexOf(type, at + type.length)) {
    if (!isReference(body, at, base)) continue;
    id.lastIndex = at + type.length;
    const [text] = id.exec(body) ?? [];
    if (text !== undefined && isEnd(body[at + type.length + text.length])) found.add(text);
  }
}
