/** What becomes of a resource of a package: it is found by canonical and version, and stored only where it differs. */
import { carryExact, parseJson, printJson } from '../../fhir/json.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Repository } from '../../repository/repository.ts';
import { hash64 } from '../../search/hash.ts';
import type { StoredDefinition } from '../../terminology/stored-source.ts';

export type Planned =
  | { readonly outcome: 'unchanged' }
  /** The resource under the id that it is to have. */
  | { readonly outcome: 'created' | 'updated'; readonly resource: Resource }
  | { readonly outcome: 'refused'; readonly reason: string };

export interface PlanOptions {
  readonly repository: Pick<Repository, 'read'>;
  /** Current versions of the resources of a type with a canonical. */
  readonly find: (type: string, url: string) => Promise<readonly StoredDefinition[]>;
}

/** Without what the server gives: id, version and time. The text is the same for the same content, in whatever order it stands. */
function content(resource: Resource): string {
  const { id: _id, meta, ...rest } = resource;
  const { versionId: _v, lastUpdated: _u, ...own } = meta ?? {};
  carryExact(resource, rest);
  return printJson(ordered(Object.keys(own).length === 0 ? rest : { ...rest, meta: own }));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(ordered);
    carryExact(value, items);
    return items;
  }
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  const copy = Object.fromEntries(names.map((name) => [name, ordered(value[name])]));
  carryExact(value, copy);
  return copy;
}

const usableId = /^[A-Za-z0-9\-.]{1,64}$/;

export async function planned({ repository, find }: PlanOptions, resource: Resource): Promise<Planned> {
  const { resourceType, version } = resource;
  const url = String(resource['url']);
  const stored = (await find(resourceType, url)).map(({ id, body }) => ({ id, resource: parseJson(body ?? 'null') as Resource }));
  const same = stored.filter(({ resource: one }) => one['url'] === url && one['version'] === version);
  const [first, second] = same;
  if (second !== undefined) {
    const ids = same.map(({ id }) => `${resourceType}/${id}`).join(', ');
    return { outcome: 'refused', reason: `several resources have this canonical and version: ${ids}; delete all but one` };
  }
  if (first === undefined) return { outcome: 'created', resource: { ...resource, id: await freeId(repository, resource) } };
  if (content(first.resource) === content(resource)) return { outcome: 'unchanged' };
  return { outcome: 'updated', resource: { ...resource, id: first.id } };
}

/** The package's own id, the same with the version, or one that is made of the canonical. */
async function freeId(repository: PlanOptions['repository'], { resourceType, id = '', version, url }: Resource): Promise<string> {
  const wanted = [id, `${id}-${version}`].filter((each) => id !== '' && usableId.test(each));
  for (const one of wanted) if (!(await repository.read(resourceType, one))?.body) return one;
  return `c${BigInt.asUintN(64, BigInt(hash64(`${resourceType} ${url}|${version}`))).toString(36)}`;
}
