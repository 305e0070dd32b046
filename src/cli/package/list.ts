/** The packages that come with the server and those that were installed, one a line. */
import { type Manifest, packageName } from '../../packages/manifest.ts';
import type { Installed } from './installed.ts';

export interface Listed {
  readonly shipped: readonly Manifest[];
  readonly isWanted: (manifest: Manifest) => boolean;
  readonly installed: readonly Installed[];
}

export function packageList({ shipped, isWanted, installed }: Listed): string {
  const rows = [
    ...shipped.map((manifest) => [
      packageName(manifest),
      isWanted(manifest) ? 'comes with the server' : 'switched off by PACKAGES',
      manifest.title,
    ]),
    ...installed.map((each) => [
      packageName(each),
      `installed ${each.installed.slice(0, 10)}, ${each.resources.toLocaleString('en')} resources`,
      each.title,
    ]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(
      ([name = '', state = '', title = '']) =>
        `${[name.padEnd(widths[0] ?? 0), state.padEnd(widths[1] ?? 0), title].join('  ').trimEnd()}\n`,
    )
    .join('');
}
