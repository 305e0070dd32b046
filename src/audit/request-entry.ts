/** From a request and what it touched to its entry. */
import type { Principal } from '../auth/principal.ts';
import { isId } from '../fhir/id.ts';
import type { RequestEntry, Touched, Who } from './entry.ts';
import type { Trail } from './trail.ts';

/** What is known of a request; filled while it goes on. */
export interface RequestFacts {
  readonly method: string;
  /** Path and query below the base, as they were sent. */
  readonly target: string;
  readonly base: string;
  readonly address: string | undefined;
  readonly requestId: string;
  interaction: string;
  /** Decoded. */
  path: readonly string[];
  query: readonly (readonly [name: string, value: string])[];
  principal?: Principal | undefined;
  /** Of a POST whose parameters are in its body. */
  form?: { readonly text: string; readonly pairs: readonly (readonly [name: string, value: string])[] } | undefined;
}

export interface Answer {
  readonly status: number;
  /** Issue type of a refusal. */
  readonly code?: string | undefined;
  readonly recovered?: true | undefined;
}

/** Longer texts say nothing more about an access; the rest is cut. */
const longestText = 16_384;

/** Never meant for the FHIR API, but sent to it by mistake: https://www.rfc-editor.org/rfc/rfc6750#section-2.3 */
const secret =
  /((?:^|[?&])(?:access_token|refresh_token|id_token|client_secret|client_assertion|assertion|password|code_verifier)=)[^&]*/gi;

const shown = (text: string): string => {
  const cut = text.length > longestText ? `${text.slice(0, longestText)}… (${text.length} characters)` : text;
  return cut.includes('=') ? cut.replace(secret, '$1…') : cut;
};

const known = new WeakMap<Principal, string>();

/** As JSON, made once for each principal. */
export function whoText(principal: Principal): string {
  const text = known.get(principal) ?? JSON.stringify(whoOf(principal));
  known.set(principal, text);
  return text;
}

const whoOf = ({ id, fhirUser, account, client, patient, purpose, breakGlass, scopes }: Principal): Who => ({
  ...{ id, u: fhirUser, n: account, c: client, p: patient, y: purpose, g: breakGlass },
  ...(scopes.length === 1 && scopes[0] === '*' ? {} : { o: scopes }),
});

const mostNamed = 1000;
const patientReference = /^Patient\/([A-Za-z0-9\-.]{1,64})(?:$|\/_history\/)/;

/** Patients that the parameters name, found or not. */
function namePatients({ path, query, form }: RequestFacts, trail: Trail): void {
  let left = mostNamed;
  const name = (id: string | undefined): void => {
    if (id !== undefined && isId(id) && left-- > 0) trail.name(id);
  };
  const [type, id] = path;
  if (type === 'Patient' && id !== undefined && !/^[_$]/.test(id)) name(id);
  for (const pairs of [query, form?.pairs ?? []])
    for (const [parameter, value] of pairs) {
      const isPlain = parameter === 'patient' || (parameter === '_id' && type === 'Patient');
      if (!isPlain && !value.includes('Patient/')) continue;
      for (const part of value.split(',')) name(patientReference.exec(part)?.[1] ?? (isPlain ? part : undefined));
    }
}

/** What these name one by one is told by their parameters. */
const tellsByQuery = /^(search|history)/;

const itemsOf = (interaction: string, trail: Trail, patients: readonly string[]): readonly Touched[] => {
  const items = trail.items(patients);
  return tellsByQuery.test(interaction) ? items.filter(([action]) => action !== 'E') : items;
};

function concerned(facts: RequestFacts, trail: Trail, { status }: Answer): readonly string[] {
  namePatients(facts, trail);
  const context = facts.principal?.patient;
  return trail.patientCount === 0 && status < 400 && context !== undefined ? [context] : trail.patients;
}

export interface Made {
  readonly entry: string;
  readonly patients: readonly string[];
}

/** `told`: there is an entry already, of these patients; this one tells of the others. */
export function requestEntry(facts: RequestFacts, trail: Trail, answer: Answer, told?: ReadonlySet<string>): Made {
  const all = concerned(facts, trail, answer);
  const patients = told === undefined ? all : all.filter((id) => !told.has(id));
  const items = told === undefined ? itemsOf(facts.interaction, trail, patients) : [];
  return { entry: entryText(facts, answer, items, patients), patients };
}

const member = (name: keyof RequestEntry, value: string | readonly unknown[] | undefined): string =>
  value === undefined || value.length === 0 ? '' : `,"${name}":${JSON.stringify(value)}`;

/** A RequestEntry as JSON, put together by hand: making an object first takes several times as long. */
function entryText(
  { interaction, method, target, form, base, address, requestId, principal }: RequestFacts,
  { status, code, recovered }: Answer,
  items: readonly Touched[],
  patients: readonly string[],
): string {
  const asked = `{"v":1,"k":"${interaction}","m":${JSON.stringify(method)},"t":${JSON.stringify(shown(target))}${form === undefined ? '' : `,"f":${JSON.stringify(shown(form.text))}`}`;
  const answered = `,"s":${status}${member('e', code)},"b":${JSON.stringify(base)}${member('a', address)}${member('x', requestId)}`;
  const touched = `${member('i', items)}${member('p', patients)}${recovered ? ',"r":true' : ''}`;
  return `${asked}${answered}${touched}${principal === undefined ? '' : `,"w":${whoText(principal)}`}}`;
}
