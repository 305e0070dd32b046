/** Stored versions as a client understands them: a study in its shape, and references to studies under the names that they then have. */
import { parseJson, printJson } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import { longerId } from '../repository/other-name.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { nativeType, type StudyShape } from './study-shape.ts';

export interface ToldVersion {
  readonly version: StoredVersion;
  /** Resources of their own that are parts of the study. */
  readonly parts: readonly StoredVersion[];
}

export interface Teller {
  tell(version: StoredVersion): Promise<ToldVersion>;
}

/** Whether another resource bears the name that a study would have. */
export type IsTaken = (type: string, id: string) => Promise<boolean>;

/** Bodies are printed by this server, and a quotation mark within a text is escaped: nothing else looks like this. */
const linked = /"reference":"GenomicStudy\/([A-Za-z0-9\-.]{1,64})(?=["/#])/g;
const mark = '"reference":"GenomicStudy/';

export function teller(shape: StudyShape, isTaken: IsTaken): Teller {
  const nameOf = async (id: string): Promise<string> => (shape.type !== nativeType && (await isTaken(shape.type, id)) ? longerId(id) : id);

  /** With the links to studies under their names here. */
  async function relinked(body: string): Promise<string> {
    if (shape.type === nativeType || !body.includes(mark)) return body;
    const ids = [...new Set([...body.matchAll(linked)].map(([, id = '']) => id))];
    const names = new Map(await Promise.all(ids.map(async (id) => [id, await nameOf(id)] as const)));
    return body.replace(linked, (_, id: string) => `"reference":"${shape.type}/${names.get(id) ?? id}`);
  }

  async function toldStudy(version: StoredVersion, body: string): Promise<ToldVersion> {
    const native = parseJson(body) as Resource;
    const { study, parts } = shape.tell(native);
    const id = await nameOf(version.id);
    const { versionId, lastUpdated } = native.meta ?? {};
    const head = { versionId, lastUpdated } as { versionId: string; lastUpdated: string };
    const partVersions = parts.map(async (part): Promise<StoredVersion> => {
      const text = printJson({ ...part, meta: { ...head, ...part.meta } });
      return { ...version, type: part.resourceType, id: String(part.id), body: await relinked(text) };
    });
    const told = { ...version, type: shape.type, id, body: await relinked(printJson({ ...study, id })) };
    return { version: told, parts: await Promise.all(partVersions) };
  }

  return {
    tell: async (version) => {
      if (version.type !== nativeType || version.container !== undefined)
        return { version: version.body === null ? version : { ...version, body: await relinked(version.body) }, parts: [] };
      if (version.body !== null) return toldStudy(version, version.body);
      return { version: { ...version, type: shape.type, id: await nameOf(version.id) }, parts: [] };
    },
  };
}
