/** The page that a browser meets first: where things are, and some patients to look at. */
import { remembered } from './remembered.ts';

export interface SamplePatient {
  readonly id: string;
  /** Shown beside the id, such as `chronic heart disease, 1,204 resources`. */
  readonly note?: string;
}

export interface PageOptions {
  /** Path of the FHIR base, such as `/fhir`. */
  readonly basePath: string;
  readonly version: string;
  readonly patients: readonly SamplePatient[];
}

const replacements: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml: (text: string) => string = remembered((text) =>
  text.replace(/[&<>"']/g, (character) => replacements[character] as string),
);

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2733;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}code{background:#eef2f5;padding:.1rem .3rem;border-radius:.2rem;overflow-wrap:anywhere}
a{color:#0b5cad}li{margin:.3rem 0}@media (prefers-color-scheme:dark){body{color:#dfe6ec;background:#12181f}code{background:#222c36}a{color:#7cb8f5}}`;

const readable = '_format=json&amp;_pretty=true';

function patientItem(basePath: string, { id, note }: SamplePatient): string {
  const url = `${basePath}/Patient/${encodeURIComponent(id)}`;
  const text = note === undefined ? '' : ` – ${escapeHtml(note)}`;
  return `<li><a href="${url}?${readable}"><code>${escapeHtml(id)}</code></a>${text} (<a href="${url}/$everything?${readable}">complete history</a>)</li>`;
}

function patientSection({ basePath, patients }: PageOptions): string {
  if (patients.length === 0) return '';
  return `<h2>Sample patients</h2>\n<ul>\n${patients.map((patient) => patientItem(basePath, patient)).join('\n')}\n</ul>`;
}

export function renderPage(options: PageOptions): string {
  const base = escapeHtml(options.basePath);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Anamnesis</title><style>${style}</style></head>
<body>
<main>
<h1>Anamnesis ${escapeHtml(options.version)}</h1>
<p>A FHIR R4 server. Its FHIR base is <code>${base}</code>.</p>
<ul>
<li><a href="${base}/metadata?${readable}">CapabilityStatement</a>: what the server can do</li>
<li><a href="${base}/Patient?${readable}">Patients</a></li>
<li><a href="/health">Health</a> and <a href="/metrics">metrics</a></li>
</ul>
${patientSection(options)}
</main>
</body>
</html>
`;
}
