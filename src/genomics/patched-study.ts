/** Patches of a study in the shape that the client knows: told, patched, and taken back. https://hl7.org/fhir/R4/http.html#patch */
import { refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { PatchChange, UpdateChange } from '../repository/change.ts';
import type { Converting } from './convert-changes.ts';
import { objectsOf } from './cross-version.ts';
import { analysisUrl } from './procedure-shape.ts';
import type { StoredStudy } from './stored-study.ts';
import { nativeType, type StudyShape } from './study-shape.ts';

/** `change` names the study, or one of its parts, by the type of the shape. */
export function patchOfStudy(context: Converting, change: PatchChange, found: StoredStudy, shape: StudyShape): PatchChange {
  const apply = (native: Resource): Resource => {
    const { study, parts } = shape.tell(native);
    const told = found.part === undefined ? study : parts.find(({ id }) => id === found.part);
    if (told === undefined) throw gone(change);
    const patched = change.apply(told);
    context.checkStructure(patched, change.at || change.type);
    if (found.part !== undefined) return withPart(context, native, found.part, patched);
    assertStillStudy(context, patched, shape, change);
    if (shape.name !== 'procedure') return context.shapes.toNative(patched);
    return context.shapes.procedure.toNative(patched, (link) => parts.find(({ id }) => `Procedure/${id}` === link) ?? missing(context));
  };
  return { ...change, type: nativeType, id: found.id, apply };
}

/** The analysis of a study as an update says it. */
export function patchOfPart(context: Converting, change: UpdateChange, { id, part = '' }: StoredStudy): PatchChange {
  const { resource, at, ifMatch, onlyCreate } = change;
  if (onlyCreate === true) throw refusal('duplicate', `${change.type}/${part} stands already, as an analysis of ${change.type}/${id}.`);
  return {
    ...{ kind: 'patch', type: nativeType, id, at, apply: (native) => withPart(context, native, part, { ...resource, id: part }) },
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
}

const missing = ({ mayBeElsewhere }: Converting): 'elsewhere' | undefined => (mayBeElsewhere ? 'elsewhere' : undefined);

function withPart({ shapes }: Converting, native: Resource, part: string, procedure: Resource): Resource {
  const { meta, ...rest } = procedure;
  const { versionId: _, lastUpdated: __, ...left } = meta ?? {};
  const { study } = shapes.of('procedure').tell(native);
  const links = objectsOf(study['extension']).filter(({ url }) => url === analysisUrl);
  const place = links.findIndex(
    ({ valueReference }) => (valueReference as { reference?: unknown } | undefined)?.reference === `Procedure/${part}`,
  );
  return shapes.procedure.withAnalysis(native, place, { ...rest, ...(Object.keys(left).length === 0 ? {} : { meta: left }) });
}

const gone = ({ type, id, at }: PatchChange): Error =>
  refusal('not-found', `${type}/${id} is no part of its study any more.`, at === '' ? {} : { expression: at });

function assertStillStudy({ shapes }: Converting, patched: Resource, shape: StudyShape, { at }: PatchChange): void {
  if (shapes.shapeOf(patched) === shape.name) return;
  throw refusal('invalid', 'What the patch makes is no genomic study any more: its meta.profile or its code says that it is one.', {
    status: 422,
    expression: at || `${shape.type}.meta.profile`,
  });
}
