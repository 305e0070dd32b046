/** The chain of hashes over the log: each covers the one before, so that nothing can be changed or left out in silence. RFC 6234, RFC 2104 */
import { createHmac, hash } from 'node:crypto';

/** Makes the next hash from the one before and the text of a sheet; hashes are written in hexadecimal digits, that of nothing is empty. */
export type Link = (before: string, text: string) => string;

/** Without a key: shows what was changed by accident or carelessly, but whoever may write to the database can make the chain anew. */
export const plainLink: Link = (before, text) => hash('sha256', `${before}\n${text}`);

/** Whoever does not know the key cannot make it. */
export const keyedLink =
  (key: string): Link =>
  (before, text) =>
    createHmac('sha256', key).update(`${before}\n${text}`).digest('hex');

export const linkOf = (key: string | undefined): Link => (key === undefined ? plainLink : keyedLink(key));

/** What the hash of a sheet covers: how many entries it has is seen from their lines. */
export const linkText = (seq: number, entries: string): string => `${seq}\n${entries}`;
