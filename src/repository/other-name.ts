/**
 * Names that a genomic study has beside its own: clients that know Procedures or Basics are told it as one of these, with the same id, or with a
 * longer one where another resource has that. References may use them (docs/decisions/0015-shapes-of-a-study.md).
 */
import { refusal } from '../fhir/outcome.ts';

/** The type that is stored. */
export const studyType = 'GenomicStudy';
/** The types as which it is told. */
const toldTypes: ReadonlySet<string> = new Set(['Procedure', 'Basic']);

const prefix = 'study-';
const longestId = 64;

/** The id of a study whose own is that of another resource of the type as which it is told. */
export function longerId(id: string): string {
  if (id.length + prefix.length <= longestId) return prefix + id;
  const text = `${studyType}/${id} cannot be told in this shape: its id belongs to another resource, and is too long for a longer one.`;
  throw refusal('conflict', text);
}

/** The ids of studies that an id may stand for. */
export const studyIds = (id: string): readonly string[] => (id.startsWith(prefix) ? [id, id.slice(prefix.length)] : [id]);

/** `Procedure/x` → `GenomicStudy/x`: what may stand under the name. */
export function studiesNamed(reference: string): readonly string[] {
  const [type = '', id = ''] = reference.split('/', 2);
  return toldTypes.has(type) ? studyIds(id).map((each) => `${studyType}/${each}`) : [];
}

/** `GenomicStudy/x` → `Procedure/x`, …: under which it may be referred to. */
export const otherNames = (type: string, id: string): readonly string[] =>
  type === studyType
    ? [...toldTypes].flatMap((told) => [`${told}/${id}`, ...(id.length + prefix.length <= longestId ? [`${told}/${prefix}${id}`] : [])])
    : [];
