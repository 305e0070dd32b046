/** Requests as an attacker writes them, and what has to hold for whatever comes back. https://hl7.org/fhir/R4/http.html#Status-Codes */
import { parseJson } from '../../src/fhir/json.ts';
import { statusOfIssue } from '../../src/fhir/outcome.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { type Received, type Sent, send } from '../http/fuzz/request.ts';

export const definitions = loadDefinitions();

export interface Attack extends Sent {
  /** Absent: it may be answered or refused. */
  readonly refused?: boolean;
  /** What the refusal has to name, in its diagnostics or its expression. */
  readonly names?: string;
}

export interface Fault {
  readonly attack: string;
  readonly fault: string;
}

interface Issue {
  readonly severity?: unknown;
  readonly code?: unknown;
  readonly diagnostics?: unknown;
  readonly expression?: readonly string[];
}

/** What tells of the inside of a program instead of the request. */
const inside = /undefined|\[object |\bat \/|node_modules|\.ts:\d|TypeError|Cannot read|syntax error at|relation "|anamnesis\.(res|ver)\b/;

const patience = 20_000;

const shown = ({ method, path, headers, body }: Attack): string =>
  JSON.stringify([method, path.slice(0, 300), headers, String(body ?? '').slice(0, 300)]);

function* faultsOfOutcome({ text, headers }: Received, { names, path, body = '' }: Attack): Generator<string> {
  const isXml = String(headers['content-type']).includes('xml');
  const { resourceType, issue } = (isXml ? readXml(text, definitions) : parseJson(text)) as {
    resourceType: string;
    issue: readonly Issue[];
  };
  if (resourceType !== 'OperationOutcome' || !Array.isArray(issue) || issue.length === 0) yield 'no OperationOutcome';
  for (const { severity, code, diagnostics } of issue) {
    if (severity !== 'error' && severity !== 'fatal' && severity !== 'warning' && severity !== 'information')
      yield `severity ${String(severity)}`;
    if (!Object.hasOwn(statusOfIssue, String(code))) yield `code ${String(code)}`;
    if (typeof diagnostics !== 'string' || diagnostics.length < 15) yield `diagnostics ${String(diagnostics)}`;
    const told = inside.exec(String(diagnostics))?.[0];
    if (told !== undefined && !decodeSafely(path).includes(told.trim()) && !String(body).includes(told.trim()))
      yield `tells of the inside: ${String(diagnostics)}`;
  }
  const said = issue.flatMap(({ diagnostics, expression = [] }) => [String(diagnostics), ...expression]).join('\n');
  // What is missing may be told first.
  const isMissing = issue.some(({ code }) => code === 'required');
  if (names !== undefined && !isMissing && !said.includes(names)) yield `does not name ${names}: ${said.slice(0, 300)}`;
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function* faultsOf(attack: Attack, received: Received): Generator<string> {
  const { status } = received;
  if (status >= 500 || status < 200) yield `status ${status}: ${received.text.slice(0, 300)}`;
  if (attack.refused === true && status < 400) yield `was not refused but answered with ${status}: ${received.text.slice(0, 200)}`;
  if (status < 400 || attack.method === 'HEAD' || !attack.path.startsWith('/fhir')) return;
  try {
    yield* faultsOfOutcome(received, attack);
  } catch (fault) {
    yield `unreadable refusal (${String(fault)}): ${received.text.slice(0, 200)}`;
  }
}

export interface World {
  readonly port: number;
  /** Changes with everything that is stored. */
  readonly fingerprint: () => Promise<string>;
  /** Of requests that name no other. */
  readonly authorization: string;
}

async function timed(port: number, attack: Attack): Promise<Received> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), patience);
  });
  try {
    return await Promise.race([send(port, attack), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is wrong with the answers; each is asked alone, so that a change can only be its own. */
export async function faultsOfAll(
  world: World,
  attacks: Iterable<Attack>,
): Promise<{ readonly count: number; readonly faults: readonly Fault[] }> {
  const faults: Fault[] = [];
  let count = 0;
  let before = await world.fingerprint();
  for (const given of attacks) {
    count++;
    const attack = { ...given, headers: { Authorization: world.authorization, ...given.headers } };
    const tell = (fault: string): void => void faults.push({ attack: shown(given), fault });
    try {
      const received = await timed(world.port, attack);
      for (const fault of faultsOf(attack, received)) tell(fault);
      const { 'content-location': job } = received.headers;
      if (received.status === 202 && job?.includes('/_job/')) {
        await send(world.port, { method: 'DELETE', path: new URL(job).pathname, headers: { Authorization: world.authorization } });
      } else if (received.status >= 400 && (await world.fingerprint()) !== before) tell('was refused, but something is stored');
    } catch (fault) {
      tell(String(fault));
    }
    before = await world.fingerprint();
  }
  return { count, faults };
}
