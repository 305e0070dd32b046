/** The shapes in which a client may be told genomic studies: docs/genomics.md. A client says it once when it is registered, as `genomic_study`. */

export const shapeNames = ['native', 'procedure', 'basic', 'incubator'] as const;

export type ShapeName = (typeof shapeNames)[number];

export const isShapeName = (text: unknown): text is ShapeName => (shapeNames as readonly unknown[]).includes(text);
