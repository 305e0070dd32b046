/** The Prefer header: what a write answers with, whether unknown parameters are refused, and whether the answer may come later. https://hl7.org/fhir/R4/http.html#ops, RFC 7240 */

export type Return = 'minimal' | 'representation' | 'OperationOutcome';
export type Handling = 'strict' | 'lenient';

export interface Preferences {
  readonly return?: Return;
  readonly handling?: Handling;
  /** The answer may come later: https://hl7.org/fhir/R4/async.html */
  readonly async?: true;
}

const returns: ReadonlyMap<string, Return> = new Map([
  ['minimal', 'minimal'],
  ['representation', 'representation'],
  ['operationoutcome', 'OperationOutcome'],
]);
const handlings: ReadonlyMap<string, Handling> = new Map([
  ['strict', 'strict'],
  ['lenient', 'lenient'],
]);

const none: Preferences = {};

function valueOf(part: string): readonly [name: string, value: string] {
  const equals = part.indexOf('=');
  if (equals < 0) return [part.trim().toLowerCase(), ''];
  const value = part.slice(equals + 1).trim();
  return [
    part.slice(0, equals).trim().toLowerCase(),
    (value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value).toLowerCase(),
  ];
}

/** Preferences that the server does not know are ignored, and of one given twice the first counts: RFC 7240 section 2. */
export function readPrefer(header: string | undefined): Preferences {
  if (header === undefined) return none;
  const found: { return?: Return; handling?: Handling; async?: true } = {};
  for (const part of header.split(/[,;]/)) {
    const [name, value] = valueOf(part);
    const wanted = name === 'return' ? returns.get(value) : undefined;
    const handling = name === 'handling' ? handlings.get(value) : undefined;
    if (name === 'respond-async') found.async = true;
    if (wanted !== undefined) found.return ??= wanted;
    if (handling !== undefined) found.handling ??= handling;
  }
  return found;
}
