/** What the terminal shows once the server answers. */

import { isLoopback } from '../config/loopback.ts';
import type { Config } from '../config.ts';
import type { SamplePerson } from './sample.ts';

interface Screen {
  /** Origin, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly config: Config;
  readonly people: readonly SamplePerson[];
  readonly place: string;
  readonly version: string;
  readonly seconds: number;
}

const personLine = ({ id, name, born, history }: SamplePerson): string => `    ${id}  ${name}, ${born}: ${history}`;

/** A token for whoever may read the data folder anyway. */
const bearer = `-H "Authorization: Bearer $(npm run -s anamnesis -- token --scope 'system/*.rs')" `;

function tryLine(base: string, people: readonly SamplePerson[], authorization: boolean): string {
  const first = people[0];
  if (first === undefined) return `curl -s '${base}/metadata?_pretty=true'`;
  return `curl -s ${authorization ? bearer : ''}'${base}/Patient/${first.id}/$everything?_count=20&_pretty=true'`;
}

function reachLines({ authorization, host }: Config): string[] {
  if (authorization) return isLoopback(host) ? ['  Only this machine can reach it.'] : [];
  return [
    '  *********************************************************************************',
    '  *  AUTHORIZATION IS OFF: every program on this machine may read and change all.  *',
    '  *********************************************************************************',
  ];
}

export function startScreen({ url, config, people, place, version, seconds }: Screen): string {
  const base = `${url}/fhir`;
  const patients = people.length === 0 ? [] : ['  Sample patients', ...people.map(personLine)];
  const lines = [
    '',
    `Anamnesis ${version} is ready (${seconds.toFixed(1)} s).`,
    '',
    `  Address    ${url}/`,
    `  FHIR base  ${config.baseUrl ?? base}`,
    `  Data       ${place}`,
    ...patients,
    '',
    `  Try        ${tryLine(base, people, config.authorization)}`,
    '  Stop       Ctrl-C (requests under way finish first; twice ends at once)',
    '',
    ...reachLines(config),
    '',
    '',
  ];
  return lines.join('\n');
}
