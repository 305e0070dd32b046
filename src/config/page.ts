/** The table of settings as a page for people. */
import { type Group, type Setting, settingsOf } from '../config.ts';

const titles: Readonly<Record<Group, string>> = {
  http: 'The server (`serve`)',
  fhir: 'What may be written (`serve`, `load`, `package`)',
  database: 'Database and logs (`serve`, `migrate`, `load`, `package`)',
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

function row({ name, flag, standard, kind, help }: Setting<unknown>): string {
  const preset = standard === undefined || standard === '' ? 'not set' : `\`${standard}\``;
  return `| \`${name}\` | \`${flag}\` | ${preset} | ${cell(help)} Valid: ${cell(kind.valid)}. |`;
}

const section = (group: Group): string =>
  [
    `## ${titles[group]}`,
    '',
    '| Variable | Flag | Default | Meaning |',
    '|---|---|---|---|',
    ...settingsOf([group]).map(([, setting]) => row(setting)),
    '',
  ].join('\n');

export function configurationPage(): string {
  const intro = `# Configuration

Written by \`npm run configuration\` from the table in \`src/config.ts\`; do not edit it here.

Every setting is an environment variable and a flag of the same meaning; the flag wins. An empty variable counts as not set.
A wrong value or an unknown flag stops the program with one line that names the setting and its valid values.
OpenTelemetry starts when \`OTEL_EXPORTER_OTLP_ENDPOINT\` is set and its packages are installed; its other \`OTEL_\` variables are read by its SDK.
Tests use the PostgreSQL of \`TEST_DATABASE_URL\` instead of an embedded one when it is set.
`;
  return `${[intro, ...(Object.keys(titles) as Group[]).map(section)].join('\n').trimEnd()}\n`;
}
