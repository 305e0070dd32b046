/** What the terminal shows while the search index is made anew before the server answers. */
import type { Writable } from 'node:stream';
import type { RebuildProgress } from '../jobs/rebuild.ts';
import { progressOn } from './load/progress.ts';

export function rebuildingOn(out: Writable & { readonly isTTY?: boolean }): RebuildProgress {
  const progress = progressOn(out);
  return {
    begin: (total) => {
      out.write('The search index was made by another version of Anamnesis: making it anew …\n');
      progress.begin(total);
    },
    advance: (resources) => progress.advance(resources, resources),
    end: () => progress.end(),
  };
}
