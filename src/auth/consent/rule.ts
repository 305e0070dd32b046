/**
 * What a Consent demands, as rows that SQL can apply. What cannot be honoured is read so that less is given: a criterion of a denial
 * falls away, and a permit with one is none. https://hl7.org/fhir/R4/consent.html
 */
import { refusal } from '../../fhir/outcome.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';
import { isResearch, research, treatment } from '../purpose.ts';
import { type ConsentContext, criteriaOf, type Level } from './criterion.ts';
import { baseOf, codesOf, listOf } from './element.ts';

/** One provision that must apply for the provision at `place`: itself, or one above it. */
export interface ConsentRow extends Level {
  readonly place: string;
  readonly depth: number;
  readonly row: number;
  readonly deny: boolean;
  /** A permit for research. */
  readonly research: boolean;
}

const scopeSystem = 'http://terminology.hl7.org/CodeSystem/consentscope';
const scopes = ['patient-privacy', 'treatment', 'research'];

const scopesOf = ({ scope }: Resource): readonly string[] =>
  codesOf(scope)
    .filter(({ system, code }) => system === scopeSystem && scopes.includes(code ?? ''))
    .map(({ code }) => code ?? '');

/** Whether the Consent says anything about who may see the record. */
export const isInForce = (consent: Resource): boolean => consent['status'] === 'active' && scopesOf(consent).length > 0;

const deepest = 20;
const mostRows = 5000;

interface Provision {
  readonly element: JsonObject;
  readonly place: string;
  readonly above: readonly JsonObject[];
}

function* provisionsOf(element: JsonObject, place: string, above: readonly JsonObject[]): Generator<Provision> {
  yield { element, place, above };
  if (above.length > deepest) throw tooMuch(`Provisions of an active Consent may be nested ${deepest} deep`);
  let i = 0;
  for (const each of listOf(element['provision'])) yield* provisionsOf(each, `${place}.${i++}`, [...above, element]);
}

/** No rows where it is not in force, or has no rule that a machine could apply. */
export function consentRows(context: ConsentContext, consent: Resource): readonly ConsentRow[] {
  if (!isInForce(consent)) return [];
  const root = isObject(consent['provision']) ? consent['provision'] : {};
  const purpose = scopePurpose(consent);
  const rows = [...provisionsOf(root, '0', [])].flatMap(({ element, place, above }) => {
    const type = above.length === 0 ? (element['type'] ?? baseOf(consent)) : element['type'];
    if (type !== 'deny' && type !== 'permit') return [];
    const deny = type === 'deny';
    const levels = [...(purpose === undefined ? [] : [purpose]), ...[...above, element].map((each) => criteriaOf(context, each, deny))];
    // A permit that cannot be judged is not given.
    if (levels.includes(undefined)) return [];
    const known = levels as readonly Level[];
    const forResearch = !deny && known.some(({ purposes }) => purposes?.some(isResearch));
    return known.map((level, row): ConsentRow => ({ ...level, place, depth: above.length, row, deny, research: forResearch }));
  });
  if (rows.length > mostRows) throw tooMuch(`An active Consent may have ${mostRows} provisions, each counted with those above it`);
  return rows;
}

const tooMuch = (text: string): Error => refusal('too-costly', text, { status: 422, expression: 'Consent.provision' });

/** Consents to privacy speak of every purpose, the others of what their scope names. */
function scopePurpose(consent: Resource): Level | undefined {
  const given = scopesOf(consent);
  if (given.includes('patient-privacy')) return undefined;
  return { purposes: given.map((scope) => (scope === 'research' ? research : treatment)) };
}
