/** The page that a browser meets first: where things are, and some patients to look at. */
import { remembered } from './remembered.ts';

export interface SamplePatient {
  readonly id: string;
  readonly name: string;
  /** Shown beside the name, such as `born 1948: diabetes, stroke`. */
  readonly note?: string;
}

export interface PageOptions {
  /** Path of the FHIR base, such as `/fhir`. */
  readonly basePath: string;
  /** The FHIR base as clients write it, such as `http://127.0.0.1:8080/fhir`. */
  readonly base: string;
  readonly version: string;
  readonly patients: readonly SamplePatient[];
  /** Path of the sample application, where there is one. */
  readonly app?: string | undefined;
}

const replacements: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml: (text: string) => string = remembered((text) =>
  text.replace(/[&<>"']/g, (character) => replacements[character] as string),
);

const style = `*{box-sizing:border-box}body{font:1rem/1.55 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:2rem 1rem 3rem;color:#1c2733;background:#fff}
h1{font-size:1.7rem;margin:0}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}p{margin:.4rem 0}.soft{color:#52606d}
code,pre{font:.9em ui-monospace,monospace;background:#eef2f5;border-radius:.25rem}code{padding:.1rem .3rem;overflow-wrap:anywhere}
pre{padding:.7rem .9rem;margin:.6rem 0;white-space:pre-wrap;overflow-wrap:anywhere}pre code{padding:0;background:none;font-size:1em}
a{color:#0b5cad}a:focus-visible{outline:2px solid;outline-offset:2px}ul{list-style:none;margin:0;padding:0}
li{padding:.7rem 0;border-top:1px solid #dde4ea}nav li{padding:.35rem 0;border:0}li p{margin:.15rem 0}nav a,li p a{margin-right:1rem}
@media (prefers-color-scheme:dark){body{color:#dfe6ec;background:#12181f}.soft{color:#a3b1bf}code,pre{background:#222c36}pre code{background:none}a{color:#7cb8f5}li{border-color:#2b3743}}`;

const readable = '_format=json&amp;_pretty=true';

/** Links of the same words lead to different people: those who hear them one by one are told whose. */
const personLink = (url: string, words: string, name: string): string => `<a href="${url}" aria-label="${words} of ${name}">${words}</a>`;

function patientItem(basePath: string, { id, name, note }: SamplePatient): string {
  const url = `${basePath}/Patient/${encodeURIComponent(id)}`;
  const [person, text] = [escapeHtml(name), note === undefined ? '' : `, ${escapeHtml(note)}`];
  const links = [
    personLink(`${url}?${readable}`, 'Patient', person),
    personLink(`${url}/$everything?${readable}`, 'Complete history', person),
    personLink(`${basePath}/Condition?patient=${encodeURIComponent(id)}&amp;${readable}`, 'Conditions', person),
  ];
  return `<li><p><strong>${person}</strong>${text}</p>\n<p>${links.join(' ')}</p>\n<p class="soft"><code>${escapeHtml(id)}</code></p></li>`;
}

function patientSection({ basePath, base, patients }: PageOptions): string {
  const [first] = patients;
  if (first === undefined) return '';
  const command = `curl -s '${base}/Patient/${first.id}/$everything?_count=20&_pretty=true'`;
  return `<h2>Sample patients</h2>
<p class="soft">People that never lived, made by Synthea.</p>
<ul>
${patients.map((patient) => patientItem(basePath, patient)).join('\n')}
</ul>
<h2>From a terminal</h2>
<pre><code>${escapeHtml(command)}</code></pre>`;
}

const appItem = (app: string | undefined): string =>
  app === undefined
    ? ''
    : `<li><a href="${app}">History</a><span class="soft">a sample SMART application: sign in and look at a record</span></li>\n`;

export function renderPage(options: PageOptions): string {
  const path = escapeHtml(options.basePath);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>Anamnesis, a FHIR R4 server</title><style>${style}</style></head>
<body>
<main>
<h1>Anamnesis</h1>
<p class="soft">A FHIR R4 server, version ${escapeHtml(options.version)}</p>
<p>FHIR base: <code>${escapeHtml(options.base)}</code></p>
<nav aria-label="Pages">
<ul>
<li><a href="${path}/metadata?${readable}">CapabilityStatement</a><span class="soft">what the server can do</span></li>
${appItem(options.app)}<li><a href="${path}/Patient?${readable}">Patients</a><span class="soft">the first page of all</span></li>
<li><a href="/health">Health</a><a href="/metrics">Metrics</a><span class="soft">for those who run it</span></li>
</ul>
</nav>
${patientSection(options)}
</main>
</body>
</html>
`;
}
