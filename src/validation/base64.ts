/** The grammar of base64Binary, in one pass. https://hl7.org/fhir/R4/datatypes.html#base64Binary, https://www.rfc-editor.org/rfc/rfc4648#section-4 */

const digit = 1;
const pad = 2;
const space = 3;

const kinds = new Uint8Array(128);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') kinds[c.charCodeAt(0)] = digit;
for (const c of ' \t\r\n') kinds[c.charCodeAt(0)] = space;
kinds['='.charCodeAt(0)] = pad;

/** Groups of four, padded at the end only; white space may stand between groups. */
export function isBase64(text: string): boolean {
  let count = 0;
  let pads = 0;
  for (let i = 0; i < text.length; i++) {
    const kind = kinds[text.charCodeAt(i)];
    if (kind === digit) {
      if (pads > 0) return false;
      count++;
    } else if (kind === space) {
      if (count % 4 !== 0) return false;
    } else if (kind === pad && pads < 2) {
      pads++;
      count++;
    } else return false;
  }
  return count > 0 && count % 4 === 0;
}
