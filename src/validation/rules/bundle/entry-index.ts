/** Which entries of a Bundle a reference in one of them leads to, strictly. https://hl7.org/fhir/R4/bundle.html#references */
import { parseReference } from '../../../fhir/reference.ts';
import type { Entry } from './entry.ts';

type IsResourceType = (name: string) => boolean;

export class EntryIndex {
  private readonly byUrl = new Map<string, Entry[]>();
  private readonly byName = new Map<string, Entry[]>();
  private readonly isResourceType: IsResourceType;

  constructor(entries: readonly Entry[], isResourceType: IsResourceType) {
    this.isResourceType = isResourceType;
    for (const entry of entries) {
      if (entry.resource === undefined) continue;
      if (entry.fullUrl !== undefined) add(this.byUrl, entry.fullUrl, entry);
      add(this.byName, `${entry.resource.resourceType}/${entry.resource.id}`, entry);
    }
  }

  /** Entries that the reference names by their fullUrl, of its version where it tells one. */
  matches(reference: string, from: Entry): readonly Entry[] {
    const target = this.target(reference, from);
    if (target === undefined) return [];
    const found = this.byUrl.get(target.url) ?? [];
    const { version } = target;
    return version === undefined ? found : found.filter(({ resource }) => resource?.meta?.versionId === version);
  }

  /** Entries of the same type and id, whatever their fullUrl. */
  namesakes(reference: string): readonly Entry[] {
    const parsed = parseReference(reference, this.isResourceType);
    if (parsed?.kind !== 'relative' && parsed?.kind !== 'absolute') return [];
    return this.byName.get(`${parsed.type}/${parsed.id}`) ?? [];
  }

  // SHALL: relative references continue the fullUrl's root — bundle.html#references
  private target(reference: string, from: Entry): { url: string; version?: string } | undefined {
    const parsed = parseReference(reference, this.isResourceType);
    if (parsed === undefined || parsed.kind === 'contained' || parsed.kind === 'conditional') return undefined;
    if (parsed.kind === 'urn') return { url: parsed.urn };
    if (parsed.kind === 'other') return { url: reference.split('#')[0] ?? '' };
    const root = parsed.kind === 'absolute' ? parsed.root : this.rootOf(from.fullUrl);
    if (root === undefined) return undefined;
    const { type, id, version } = parsed;
    return { url: `${root}/${type}/${id}`, ...(version === undefined ? {} : { version }) };
  }

  /** The service base of a RESTful URL. */
  private rootOf(url: string | undefined): string | undefined {
    const parsed = url === undefined ? undefined : parseReference(url, this.isResourceType);
    return parsed?.kind === 'absolute' ? parsed.root : undefined;
  }
}

function add(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}
