/** What a token can read, told from the plain resources: written apart from the code that is tested. */
import type { Resource } from '../../../src/fhir/resource.ts';
import { type Action, decisionOf, isResearch } from './consents.ts';
import { markOf, sharedTypes, type Version } from './world.ts';

export interface Filter {
  readonly text: string;
  readonly holds: (resource: Resource) => boolean;
}

export interface TokenScope {
  readonly level: 'patient' | 'user' | 'system';
  readonly type: string;
  readonly rights: string;
  readonly filter?: Filter;
}

export interface Token {
  readonly scopes: readonly TokenScope[];
  readonly client: string;
  readonly policy: string;
  readonly systemPolicy?: string;
  readonly patient?: string;
  readonly fhirUser?: string;
  readonly purpose: string;
  readonly breakGlass?: string;
}

export const scopeText = ({ level, type, rights, filter }: TokenScope): string =>
  `${level}/${type}.${rights}${filter === undefined ? '' : `?${filter.text}`}`;

type Plain = Readonly<Record<string, unknown>>;

const list = (value: unknown): readonly Plain[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]) as Plain[];
const referenceOf = (value: unknown): string => String((value as Plain | undefined)?.['reference'] ?? '');
const references = (value: unknown): readonly string[] => list(value).map(referenceOf);

/** Every `reference` in it, however deep, what is contained left out. */
function allReferences(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(allReferences);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'reference' && typeof inner === 'string' ? [inner] : allReferences(inner),
  );
}

/** The compartment of a patient, element by element: https://hl7.org/fhir/R4/compartmentdefinition-patient.html */
const compartment: Readonly<Record<string, (r: Plain) => readonly string[]>> = {
  Patient: (r) => [`Patient/${String(r['id'])}`, ...list(r['link']).map((link) => referenceOf(link['other']))],
  Encounter: (r) => references(r['subject']),
  Observation: (r) => [...references(r['subject']), ...references(r['performer'])],
  Condition: (r) => [...references(r['subject']), ...references(r['asserter'])],
  MedicationRequest: (r) => references(r['subject']),
  DocumentReference: (r) => [...references(r['subject']), ...references(r['author'])],
  Provenance: (r) => references(r['target']),
  List: (r) => [...references(r['subject']), ...references(r['source'])],
  Composition: (r) => [...references(r['subject']), ...references(r['author'])],
  Consent: (r) => references(r['patient']),
  RelatedPerson: (r) => references(r['patient']),
  CareTeam: (r) => [...references(r['subject']), ...list(r['participant']).map((each) => referenceOf(each['member']))],
};

const patientsOf = (resource: Resource): readonly string[] =>
  (compartment[resource.resourceType]?.(resource as Plain) ?? []).filter((reference) => reference.startsWith('Patient/'));

/** What stands, by `Type/id`. */
export type State = ReadonlyMap<string, Resource>;

export function stateOf(versions: readonly Version[]): State {
  const state = new Map<string, Resource>();
  for (const { type, id, content } of versions) {
    if (content === null) state.delete(`${type}/${id}`);
    else state.set(`${type}/${id}`, content);
  }
  return state;
}

const all = (state: State, type: string): readonly Plain[] =>
  [...state.values()].filter(({ resourceType }) => resourceType === type) as Plain[];

/** The patients of a practitioner. */
function ownOf(state: State, person: string): ReadonlySet<string> {
  const roles = all(state, 'PractitionerRole').filter((role) => role['active'] !== false && referenceOf(role['practitioner']) === person);
  const employers = new Set(roles.map((role) => referenceOf(role['organization'])).filter((name) => state.has(name)));
  const teams = all(state, 'CareTeam').filter(
    (team) => team['status'] === 'active' && list(team['participant']).some((each) => referenceOf(each['member']) === person),
  );
  const cared = new Set(teams.map((team) => referenceOf(team['subject'])));
  const own = all(state, 'Patient').filter((patient) => {
    const general = references(patient['generalPractitioner']);
    const name = `Patient/${String(patient['id'])}`;
    return (
      general.includes(person) ||
      general.some((each) => employers.has(each)) ||
      cared.has(name) ||
      employers.has(referenceOf(patient['managingOrganization']))
    );
  });
  return new Set(own.map((patient) => `Patient/${String(patient['id'])}`));
}

function selfOf(state: State, person: string): ReadonlySet<string> {
  if (person.startsWith('Patient/')) return new Set([person]);
  const related = state.get(person) as Plain | undefined;
  if (related?.['resourceType'] !== 'RelatedPerson' || related['active'] === false) return new Set();
  const patient = referenceOf(related['patient']);
  return new Set(state.has(patient) ? [patient] : []);
}

interface Rule {
  readonly rights: string;
  readonly patients: 'all' | 'own' | 'self' | 'none';
}

/** The policies that come with the server, as their descriptions say. */
const policies: Readonly<Record<string, readonly Rule[]>> = {
  'own-patients': [
    { rights: 'cruds', patients: 'own' },
    { rights: 'rs', patients: 'none' },
  ],
  'all-patients': [{ rights: 'cruds', patients: 'all' }],
  patient: [
    { rights: 'cruds', patients: 'self' },
    { rights: 'rs', patients: 'none' },
  ],
  'related-person': [
    { rights: 'rs', patients: 'self' },
    { rights: 'rs', patients: 'none' },
  ],
  administrator: [{ rights: 'cruds', patients: 'none' }],
  custodian: [{ rights: 'cruds', patients: 'all' }],
  emergency: [
    { rights: 'cruds', patients: 'own' },
    { rights: 'rs', patients: 'none' },
  ],
  guarded: [{ rights: 'cruds', patients: 'all' }],
};

/** Of this test: labels of very restricted resources are withheld. */
const guarded = 'V';

const labelsOf = (content: Resource): readonly string[] =>
  list((content as { meta?: Plain }).meta?.['security']).map(({ code }) => String(code));

/** All names that a provision may have for who asks. */
function namesOf(state: State, { fhirUser, client }: Token): ReadonlySet<string> {
  if (fhirUser === undefined) return new Set([`client ${client}`]);
  const roles = all(state, 'PractitionerRole').filter((role) => role['active'] !== false && referenceOf(role['practitioner']) === fhirUser);
  const selves = [fhirUser, ...roles.map(({ id }) => `PractitionerRole/${String(id)}`)];
  const isIn = (members: readonly string[]): boolean => members.some((each) => selves.includes(each));
  const teams = all(state, 'CareTeam').filter(
    (team) => team['status'] === 'active' && isIn(list(team['participant']).map((each) => referenceOf(each['member']))),
  );
  return new Set([
    ...[`client ${client}`, ...selves, ...teams.map(({ id }) => `CareTeam/${String(id)}`)],
    ...roles.map((role) => referenceOf(role['organization'])),
  ]);
}

export interface Oracle {
  /** The content, were it to stand. */
  reaches(content: Resource, right: string): boolean;
  /** Of a resource as it stands, or of a deleted one as it last stood. */
  readable(type: string, id: string): boolean;
  readonly seen: ReadonlySet<Version>;
  /** What texts of the versions that may be seen have in them. */
  readonly marks: ReadonlySet<string>;
  /** Whether a scope names the type with the right, whatever the resource. */
  names(type: string, right: string): boolean;
}

/** Who changes what stands has seen it. */
const actionsOf = (right: string): readonly Action[] =>
  right === 'c' ? ['collect'] : right === 'u' || right === 'd' ? ['access', 'correct'] : ['access'];

export function oracleOf(token: Token, versions: readonly Version[]): Oracle {
  const state = stateOf(versions);
  const isShared = (type: string): boolean => sharedTypes.includes(type);

  const consents = [...state.values()].filter(({ resourceType }) => resourceType === 'Consent');
  const isAgreed = consents.some((consent) => (consent as Plain)['status'] === 'active');
  const asker = { names: namesOf(state, token), purpose: token.purpose };
  const hasBroken = (policy: string | undefined): boolean => policy === 'emergency' && token.breakGlass !== undefined;

  /** In whose records it is, or of whom it speaks where it is in none. */
  const concerned = (content: Resource): readonly string[] => {
    const among = patientsOf(content);
    return [...new Set(among.length > 0 ? among : allReferences(content).filter((each) => each.startsWith('Patient/')))];
  };

  const isDeniedFor = (content: Resource, action: Action): boolean => {
    const patients = concerned(content);
    const decisions = consents
      .map((consent) => ({
        patient: referenceOf((consent as Plain)['patient']),
        decision: decisionOf(consent, content, { ...asker, action }),
      }))
      .filter(({ patient }) => patients.includes(patient));
    // Nobody's own Consent is about themselves.
    if (decisions.some(({ decision, patient }) => decision === 'deny' && patient !== token.fhirUser)) return true;
    if (!isResearch(token.purpose)) return false;
    const permits = (patient: string): boolean => decisions.some((each) => each.patient === patient && each.decision === 'research');
    return patients.length === 0 || !patients.every(permits);
  };

  const isDenied = (content: Resource, right: string): boolean => actionsOf(right).some((action) => isDeniedFor(content, action));

  /** By labels, by what patients agreed to, and for a Binary by what it is an attachment of. */
  const isWithheld = (level: TokenScope['level'], content: Resource, right: string): boolean => {
    const policy = level === 'system' ? token.systemPolicy : token.policy;
    const labels = labelsOf(content);
    const isFamily = token.fhirUser === undefined ? level === 'patient' : /^(Patient|RelatedPerson)/.test(token.fhirUser);
    if (isFamily && labels.includes('NOPAT')) return true;
    if (policy === 'guarded' && labels.includes(guarded)) return true;
    const isBound = isResearch(token.purpose) || (isAgreed && policy !== 'custodian' && !hasBroken(policy));
    if (isBound && !isShared(content.resourceType) && isDenied(content, right)) return true;
    const target = content.resourceType === 'Binary' ? state.get(referenceOf((content as Plain)['securityContext'])) : undefined;
    return target !== undefined && isWithheld(level, target, 'r');
  };

  const inRecords = (content: Resource, patients: ReadonlySet<string>): boolean => {
    const type = content.resourceType;
    if (type in compartment) return patientsOf(content).some((each) => patients.has(each));
    if (type === 'Device' || type === 'Task') return allReferences(content).some((each) => patients.has(each));
    if (type !== 'Binary') return false;
    const context = referenceOf((content as Plain)['securityContext']);
    const target = state.get(context);
    return patients.has(context) || (target !== undefined && target.resourceType !== 'Binary' && reaches(target, 'r'));
  };

  const byPolicy = (policy: string, content: Resource, rights: string): boolean =>
    (policies[policy] ?? []).some((rule) => {
      if (!rule.rights.includes(rights)) return false;
      if (rule.patients === 'all' || (rule.patients === 'own' && hasBroken(policy))) return true;
      if (rule.patients === 'none') return isShared(content.resourceType);
      const person = token.fhirUser ?? '';
      return inRecords(content, rule.patients === 'own' ? ownOf(state, person) : selfOf(state, person));
    });

  const byScope = ({ level, type, rights, filter }: TokenScope, content: Resource, right: string): boolean => {
    if (!rights.includes(right) || (type !== '*' && type !== content.resourceType)) return false;
    if (filter !== undefined && !filter.holds(content)) return false;
    if (isWithheld(level, content, right)) return false;
    if (level === 'system') return token.systemPolicy === undefined || byPolicy(token.systemPolicy, content, right);
    if (level === 'user') return byPolicy(token.policy, content, right);
    if (token.patient === undefined) return false;
    if (isShared(content.resourceType)) return right === 'r' || right === 's';
    return inRecords(content, new Set([`Patient/${token.patient}`]));
  };

  function reaches(content: Resource, right: string): boolean {
    return token.scopes.some((scope) => byScope(scope, content, right));
  }

  const before = ({ type, id, versionId }: Version): Resource | undefined =>
    versions.findLast((each) => each.type === type && each.id === id && each.versionId <= versionId && each.content !== null)?.content ??
    undefined;
  const readable = (type: string, id: string): boolean => {
    const last = versions.findLast((each) => each.type === type && each.id === id);
    const content = last && before(last);
    return content !== undefined && reaches(content, 'r');
  };
  const seen = new Set(
    versions.filter((version) => {
      const content = before(version);
      return content !== undefined && readable(version.type, version.id) && reaches(content, 'r');
    }),
  );
  const marks = new Set([...seen].map(({ type, id, versionId }) => markOf(type, id, versionId)));
  const names = (type: string, right: string): boolean =>
    token.scopes.some((scope) => scope.rights.includes(right) && (scope.type === '*' || scope.type === type));
  return { reaches, readable, seen, marks, names };
}
