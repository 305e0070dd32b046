/**
 * The shapes in which a genomic study is told: each there and back, and which of them a resource has. One is stored, that of R5.
 * https://hl7.org/fhir/R5/genomicstudy.html
 */

import type { ShapeName } from '../auth/study-shape.ts';
import type { Definitions } from '../fhir/definitions.ts';
import type { Resource } from '../fhir/resource.ts';
import { studyType } from '../repository/other-name.ts';
import { basicShape } from './basic-shape.ts';
import { incubatorShape } from './incubator-shape.ts';
import { type ProcedureShape, procedureShape } from './procedure-shape.ts';

/** Stored. */
export const nativeType = studyType;

/** The study, and resources of their own that are parts of it. */
export interface Told {
  readonly study: Resource;
  readonly parts: readonly Resource[];
}

export interface StudyShape {
  readonly name: ShapeName;
  /** Under which the study then stands. */
  readonly type: string;
  tell(native: Resource): Told;
}

export interface StudyShapes {
  of(name: ShapeName): StudyShape;
  /** The shape whose type it is; undefined for the native one and for types that no study is told as. */
  ofType(type: string): StudyShape | undefined;
  /** The shape that it has; `native` of what is stored as it is, undefined of what is no study. */
  shapeOf(resource: Resource): ShapeName | undefined;
  /** From Basic and the incubator's; Procedures need to find their analyses. */
  toNative(resource: Resource): Resource;
  readonly procedure: ProcedureShape;
}

const alone = (study: Resource): Told => ({ study, parts: [] });

export function studyShapes(definitions: Definitions): StudyShapes {
  const basic = basicShape(definitions, nativeType);
  const procedure = procedureShape(definitions);
  const asProcedures = (native: Resource): Told => {
    const { study, analyses } = procedure.toProcedures(native);
    return { study, parts: analyses };
  };
  const shapes: Readonly<Record<ShapeName, StudyShape>> = {
    native: { name: 'native', type: nativeType, tell: alone },
    procedure: { name: 'procedure', type: 'Procedure', tell: asProcedures },
    basic: { name: 'basic', type: 'Basic', tell: (native) => alone(basic.toBasic(native)) },
    incubator: { name: 'incubator', type: nativeType, tell: (native) => alone(incubatorShape.toIncubator(native)) },
  };
  const byType: Readonly<Record<string, StudyShape>> = { Procedure: shapes.procedure, Basic: shapes.basic };
  return {
    procedure,
    of: (name) => shapes[name],
    ofType: (type) => byType[type],
    shapeOf: (resource) => {
      if (procedure.is(resource)) return 'procedure';
      if (basic.is(resource)) return 'basic';
      if (resource.resourceType !== nativeType) return undefined;
      return incubatorShape.is(resource) && incubatorShape.isBeyond(resource) ? 'incubator' : 'native';
    },
    toNative: (resource) => (resource.resourceType === 'Basic' ? basic.toNative(resource) : incubatorShape.toNative(resource)),
  };
}
