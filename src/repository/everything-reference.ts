/** Literal references in the stored text of resources, found without parsing it. https://hl7.org/fhir/R4/references.html#literal */

/** Bodies are printed by this server, so that the text before a reference is always the same. */
const mark = '"reference":"';
const relative = /([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})["/#|?]/y;
/** No name of a resource type is as long as this. */
const longestType = 64;

/** A reference that leads to a resource of this server. */
export interface LocalReference {
  readonly type: string;
  readonly id: string;
}

/** `take` is told of those to types that `isWanted`. References under one of the bases are local too; `known` is one that need not be told. */
export function eachReference(
  body: string,
  bases: ReadonlySet<string>,
  isWanted: (type: string) => boolean,
  take: (reference: LocalReference) => void,
  known?: LocalReference,
): void {
  const frequent = known === undefined ? undefined : `${known.type}/${known.id}"`;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at)) {
    at += mark.length;
    if (frequent !== undefined && body.startsWith(frequent, at)) continue;
    const start = afterBase(body, at, bases);
    const slash = body.indexOf('/', start);
    if (slash < 0) return;
    if (slash - start > longestType || !isWanted(body.slice(start, slash))) continue;
    relative.lastIndex = start;
    const [, type, id] = relative.exec(body) ?? [];
    if (type !== undefined && id !== undefined) take({ type, id });
  }
}

/** Nearly all references are relative. */
function afterBase(body: string, at: number, bases: ReadonlySet<string>): number {
  if (!body.startsWith('http', at)) return at;
  for (const base of bases) if (body.startsWith(`${base}/`, at)) return at + base.length + 1;
  return at;
}

const isPatient = (type: string): boolean => type === 'Patient';

/** Ids of all patients that a text refers to. */
export function patientsIn(body: string, bases: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  eachReference(body, bases, isPatient, ({ id }) => found.add(id));
  return found;
}
