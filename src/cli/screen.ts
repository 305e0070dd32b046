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

function tryLine(base: string, people: readonly SamplePerson[]): string {
  const first = people[0];
  if (first === undefined) return `curl -s '${base}/metadata?_pretty=true'`;
  return `curl -s '${base}/Patient/${first.id}/$everything?_count=20&_pretty=true'`;
}

export function startScreen({ url, config, people, place, version, seconds }: Screen): string {
  const base = `${url}/fhir`;
  const patients = people.length === 0 ? [] : ['  Sample patients', ...people.map(personLine)];
  const reach = isLoopback(config.host)
    ? 'Only this machine can reach it: there is no authorization yet.'
    : 'There is no authorization yet: publish this container to 127.0.0.1 only.';
  const lines = [
    '',
    `Anamnesis ${version} is ready (${seconds.toFixed(1)} s).`,
    '',
    `  Address    ${url}/`,
    `  FHIR base  ${config.baseUrl ?? base}`,
    `  Data       ${place}`,
    ...patients,
    '',
    `  Try        ${tryLine(base, people)}`,
    '  Stop       Ctrl-C (requests under way finish first; twice ends at once)',
    '',
    `  ${reach}`,
    '',
    '',
  ];
  return lines.join('\n');
}
