/** What the terminal shows once the server answers. */

import { isLoopback } from '../config/loopback.ts';
import type { Config } from '../config.ts';
import { type Demo, demoTokenMinutes } from './demo.ts';
import type { SamplePerson } from './sample.ts';

interface Screen {
  /** Origin, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly config: Config;
  readonly people: readonly SamplePerson[];
  readonly place: string;
  readonly version: string;
  readonly seconds: number;
  /** At the first start. */
  readonly demo?: Demo;
}

const personLine = ({ id, name, born, history }: SamplePerson): string => `    ${id}  ${name}, ${born}: ${history}`;

/** A token for whoever may read the data folder anyway. */
const bearer = `-H "Authorization: Bearer $(npm run -s anamnesis -- token --scope 'system/*.rs')" `;

function tryLine(base: string, { people, config: { authorization }, demo }: Screen): string {
  const first = people[0];
  if (first === undefined) return `curl -s '${base}/metadata?_pretty=true'`;
  const header = demo === undefined ? bearer : `-H 'Authorization: Bearer ${demo.token}' `;
  return `curl -s ${authorization ? header : ''}'${base}/Patient/${first.id}/$everything?_count=20&_pretty=true'`;
}

/** What is shown this once. */
function demoLines(url: string, { people, client }: Demo): string[] {
  const width = Math.max(...people.map(({ name }) => name.length), client.id.length);
  const line = (name: string, secret: string, text: string) => `    ${name.padEnd(width)}  ${secret}  ${text}`;
  return [
    `  Sign in    ${url}/app/`,
    ...people.map(({ name, password, sees }) => line(name, password, sees)),
    line(client.id, client.secret, 'a program, by client credentials'),
    `    Random, shown this once, kept as hashes. The token below counts for ${demoTokenMinutes} minutes.`,
  ];
}

function reachLines({ authorization, host }: Config): string[] {
  if (authorization) return isLoopback(host) ? ['  Only this machine can reach it.'] : [];
  return [
    '  *********************************************************************************',
    '  *  AUTHORIZATION IS OFF: every program on this machine may read and change all.  *',
    '  *********************************************************************************',
  ];
}

/** As people reach it: by its public name, and never by the address that means all of this machine's. */
const addressOf = (url: string, baseUrl: string | undefined): string =>
  baseUrl === undefined ? url.replace(/\/\/(0\.0\.0\.0|\[::\])(?=:|$)/, '//127.0.0.1') : new URL(baseUrl).origin;

export function startScreen(screen: Screen): string {
  const { config, people, place, version, seconds, demo } = screen;
  const url = addressOf(screen.url, config.baseUrl);
  const base = config.baseUrl ?? `${url}/fhir`;
  const patients = people.length === 0 ? [] : ['  Sample patients', ...people.map(personLine)];
  const lines = [
    '',
    `Anamnesis ${version} is ready (${seconds.toFixed(1)} s).`,
    '',
    `  Address    ${url}/`,
    `  FHIR base  ${base}`,
    `  Data       ${place}`,
    ...patients,
    ...(demo === undefined ? [] : demoLines(url, demo)),
    '',
    `  Try        ${tryLine(base, screen)}`,
    '  Stop       Ctrl-C (requests under way finish first; twice ends at once)',
    '',
    ...reachLines(config),
    '',
    '',
  ];
  return lines.join('\n');
}
