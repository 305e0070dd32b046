/** A resource by type and id as statements look it up. */
import { selfHash } from '../search/link-token.ts';
import type { Target } from '../store/statement/target.ts';
import type { TypeCodes } from '../store/type-code.ts';

/** Undefined for a type that has no code: then nothing of it is stored. */
export function targetOf(typeCodes: TypeCodes, type: string, id: string): Target | undefined {
  const typeCode = typeCodes.get(type);
  return typeCode === undefined ? undefined : { self: selfHash(type, id), typeCode, id };
}
