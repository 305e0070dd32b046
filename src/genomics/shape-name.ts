/**
 * Which shape of a genomic study a client understands: by a preference of the request, the version of FHIR that it accepts, or its registration.
 * https://www.rfc-editor.org/rfc/rfc7240, https://hl7.org/fhir/R4/versioning.html#mt-version
 */
import { isShapeName, type ShapeName, shapeNames } from '../auth/study-shape.ts';
import { refusal } from '../fhir/outcome.ts';

export const preference = 'genomic-study';

const preferred = /(?:^|[,;])\s*genomic-study\s*(?:=\s*("?)([^",;]*)\1)?\s*(?=[,;]|$)/i;

/** Throws 400 for a name that is none: an answer in another shape would not be understood. */
function named(text: string): ShapeName {
  const name = text.trim().toLowerCase();
  if (isShapeName(name)) return name;
  throw refusal(
    'value',
    `Prefer: ${preference}=${text.slice(0, 40)} names no shape of a genomic study; those are ${shapeNames.join(', ')}.`,
  );
}

export interface Choice {
  readonly prefer: string | undefined;
  /** Of FHIR, that was accepted. */
  readonly version: string | undefined;
  /** Of the client's registration. */
  readonly registered: ShapeName | undefined;
}

export function chosenShape({ prefer, version, registered }: Choice): ShapeName {
  const [, , asked] = (prefer !== undefined && preferred.exec(prefer)) || [];
  if (prefer !== undefined && preferred.test(prefer)) return named(asked ?? '');
  if (version?.startsWith('6.')) return 'incubator';
  if (version?.startsWith('5.')) return 'native';
  return registered ?? 'native';
}
