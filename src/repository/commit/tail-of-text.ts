/** The text that is stored of a resource, cut out of the text from which it was read, where that has the store's own form. */
import type { PrintedResource } from '../change.ts';

/** Members of meta that the server sets. */
const dropped = ['versionId', 'lastUpdated'] as const;

/** Everything behind `lastUpdated`. Undefined where the resource has to be printed: another order of its first members, or extensions of what the server sets. */
export function tailOfText({ resource, text }: PrintedResource, id: string): string | undefined {
  const { resourceType, meta } = resource;
  const head = `{"resourceType":"${resourceType}","id":"${id}"`;
  if (resource.id !== id || !text.startsWith(head)) return undefined;
  if (meta === undefined) return `}${text.slice(head.length)}`;
  const opening = ',"meta":{';
  if (!text.startsWith(opening, head.length) || '_versionId' in meta || '_lastUpdated' in meta) return undefined;
  return withoutServerMeta(text, head.length + opening.length, meta);
}

/** Behind the members that the server sets, which have to stand first, in its order. */
function withoutServerMeta(text: string, start: number, meta: Readonly<Record<string, unknown>>): string | undefined {
  let at = start;
  for (const name of dropped) {
    if (meta[name] === undefined) continue;
    const member = `${at === start ? '' : ','}"${name}":${JSON.stringify(meta[name])}`;
    if (!text.startsWith(member, at)) return undefined;
    at += member.length;
  }
  const isFirst = at === start && text.charAt(at) !== '}';
  return isFirst ? `,${text.slice(at)}` : text.slice(at);
}
