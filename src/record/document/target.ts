/** What references of a document's resources lead to on this server, read as far as whoever asks may read it. https://hl7.org/fhir/R4/references.html#literal */
import type { Definitions } from '../../fhir/definitions.ts';
import type { FindLinks } from '../../fhir/links.ts';
import { parseReference } from '../../fhir/reference.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Repository } from '../../repository/repository.ts';
import type { StoredVersion } from '../../repository/stored-version.ts';
import { readWithinReach } from '../within-reach.ts';

export interface Reaching {
  readonly repository: Pick<Repository, 'read' | 'vread'>;
  readonly definitions: Definitions;
  readonly findLinks: FindLinks;
  /** Absolute FHIR base without trailing slash: references to it are local. */
  readonly base: string;
}

/** A resource of this server, in one version or the current one. */
export interface Target {
  readonly type: string;
  readonly id: string;
  readonly version?: string;
}

export interface Reached {
  readonly version: StoredVersion;
  /** What it refers to. */
  readonly targets: readonly Target[];
}

export const keyOf = ({ type, id, version }: Target): string => `${type}/${id}${version === undefined ? '' : `/_history/${version}`}`;

/** Undefined for what this server cannot hold. */
export function targetOf({ definitions, base }: Reaching, reference: string): Target | undefined {
  const found = parseReference(reference, (name) => definitions.isResourceType(name));
  if (found?.kind !== 'relative' && (found?.kind !== 'absolute' || found.root !== base)) return undefined;
  const { type, id, version } = found;
  return { type, id, ...(version === undefined ? {} : { version }) };
}

/** What the References of a resource lead to; of those alone whose path is wanted. */
export const targetsOf = (reaching: Reaching, resource: Resource, isWanted?: (path: string) => boolean): readonly Target[] =>
  reaching
    .findLinks(resource, (value, kind) => kind === 'reference' && !value.startsWith('#'))
    .filter(({ path }) => isWanted?.(path) ?? true)
    .flatMap(({ value }) => targetOf(reaching, value) ?? []);

/** Undefined for what is not there, was deleted or is out of reach. */
export async function reach(reaching: Reaching, target: Target): Promise<Reached | undefined> {
  const version = await readWithinReach(reaching.repository, target.type, target.id, target.version);
  if (version?.body == null) return undefined;
  return { version, targets: targetsOf(reaching, JSON.parse(version.body) as Resource) };
}
