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

/** Whether a resource stands under the name. */
export type Stands = (type: string, id: string) => Promise<boolean>;

/** Bodies are printed by this server, and a quotation mark within a text is escaped: nothing else looks like this. */
const linked = /"reference":"GenomicStudy\/([A-Za-z0-9\-.]{1,64})(?=["/#])/g;
const mark = '"reference":"GenomicStudy/';
/** Genomics Reporting's extension: it knows no other type there. */
const generatedBy = /("url":"generatedBy","valueReference":\{(?:"id":"[^"]*",)?"reference":")GenomicStudy\//g;

export function teller(shape: StudyShape, stands: Stands): Teller {
  const isOtherType = shape.type !== nativeType;
  const nameOf = async (id: string): Promise<string> => (isOtherType && (await stands(shape.type, id)) ? longerId(id) : id);
  const nameOfStanding = async (id: string): Promise<string | undefined> => ((await stands(nativeType, id)) ? nameOf(id) : undefined);

  /** With the links to studies under their names here. */
  async function relinked(body: string): Promise<string> {
    if (!isOtherType || !body.includes(mark)) return body;
    const ids = [...new Set([...body.matchAll(linked)].map(([, id = '']) => id))];
    const names = new Map(await Promise.all(ids.map(async (id) => [id, await nameOfStanding(id)] as const)));
    const known = body.replace(linked, (all, id: string) => {
      const name = names.get(id);
      return name === undefined ? all : `"reference":"${shape.type}/${name}`;
    });
    return shape.name === 'procedure' ? known.replace(generatedBy, '$1Procedure/') : known;
  }

  async function toldStudy(version: StoredVersion, body: string): Promise<ToldVersion> {
    const native = parseJson(body) as Resource;
    const { study, parts } = shape.tell(native);
    const id = await nameOf(version.id);
    const { versionId, lastUpdated } = version;
    const partVersions = parts.map(async (part): Promise<StoredVersion> => {
      const text = printJson({ ...part, meta: { versionId, lastUpdated, ...part.meta } });
      return { ...version, type: part.resourceType, id: String(part.id), body: await relinked(text) };
    });
    const told = { ...version, type: shape.type, id, body: await relinked(printJson({ ...study, id })) };
    return { version: told, parts: await Promise.all(partVersions) };
  }

  return {
    tell: async (version) => {
      const { body } = version;
      if (version.type === nativeType && version.container === undefined)
        return body === null
          ? { version: { ...version, type: shape.type, id: await nameOf(version.id) }, parts: [] }
          : toldStudy(version, body);
      return { version: body === null ? version : { ...version, body: await relinked(body) }, parts: [] };
    },
  };
}
