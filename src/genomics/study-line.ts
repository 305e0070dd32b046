/** Lines of NDJSON that are genomic studies in another shape than the stored one, or parts of such: each says its own, and they come in any order. */
import type { Definitions } from '../fhir/definitions.ts';
import type { Resource } from '../fhir/resource.ts';
import { linksOf } from './gathered-analyses.ts';
import { nativeType, studyShapes } from './study-shape.ts';

export interface StudyLines {
  /** It cannot be stored as it is. */
  isShaped(resource: Resource): boolean;
  /** It goes into the study that names it. */
  isAnalysis(resource: Resource): boolean;
  /** `Procedure/x`: the analyses that a study names. */
  analysesOf(resource: Resource): readonly string[];
}

const concerned: ReadonlySet<string> = new Set([nativeType, 'Procedure', 'Basic']);

export function studyLines(definitions: Definitions): StudyLines {
  const shapes = studyShapes(definitions);
  const { procedure } = shapes;
  const isOther = (resource: Resource): boolean => {
    const shape = shapes.shapeOf(resource);
    return shape !== undefined && shape !== 'native';
  };
  return {
    isShaped: (resource) => concerned.has(resource.resourceType) && (isOther(resource) || procedure.isAnalysis(resource)),
    isAnalysis: (resource) => !isOther(resource) && procedure.isAnalysis(resource),
    analysesOf: (resource) => (procedure.is(resource) ? linksOf(resource) : []),
  };
}
