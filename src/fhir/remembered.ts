/** Computed once for each name of a known set. */

/** Remembers what was computed for a known name; an unknown one is computed again, so that strangers' names are never kept. */
export function remembered<T>(isKnown: (name: string) => boolean, compute: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const fresh = compute(name);
    if (isKnown(name)) known.set(name, fresh);
    return fresh;
  };
}
