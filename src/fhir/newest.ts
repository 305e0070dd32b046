/** Which of several business versions is the newest. https://hl7.org/fhir/R4/resource.html#versions, https://hl7.org/fhir/R4/references.html#canonical */

const partsOf = (version: string): string[] => version.split(/[.\-_+\s]/);

function compareParts(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  // A version that goes on is newer, unless what follows is a word: 1.0.0-draft comes before 1.0.0.
  if (a === undefined) return /^\d/.test(b ?? '') ? -1 : 1;
  if (b === undefined) return -compareParts(b, a);
  const [left, right] = [Number(a), Number(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : 1;
}

export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareParts(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Any version is newer than none; of equals the first. */
export function newest<T extends { readonly version: string | undefined }>(candidates: readonly T[]): T | undefined {
  return candidates.reduce<T | undefined>((best, one) => {
    if (best === undefined) return one;
    if (one.version === undefined) return best;
    return best.version === undefined || compareVersions(one.version, best.version) > 0 ? one : best;
  }, undefined);
}
