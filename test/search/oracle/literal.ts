/** Literal references taken apart. https://hl7.org/fhir/R4/references.html#literal */
import { isResourceType } from './definition.ts';

/** References to it are local. */
export const base = 'http://127.0.0.1:8080/fhir';

export interface Literal {
  readonly type: string;
  readonly id: string;
  readonly version?: string;
  /** On this server. */
  readonly local: boolean;
}

const form = /^(?:(https?:\/\/[^?#]+)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?$/;

/** `Patient/1`, or a URL that ends so; undefined for anything else. */
export function literalOf(reference: string): Literal | undefined {
  const [, root, type = '', id = '', version] = form.exec(reference) ?? [];
  if (!isResourceType(type)) return undefined;
  return { type, id, local: root === undefined || root === base, ...(version === undefined ? {} : { version }) };
}
