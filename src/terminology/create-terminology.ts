/** Terminology over what is loaded: what clients stored, then `fhir-profiles/`, then R4's own. https://hl7.org/fhir/R4/terminology-service.html */
import { refusal } from '../fhir/outcome.ts';
import { type Concept, incompleteness, nameOf } from '../fhir/value-set/code-system.ts';
import { expandValueSet } from '../fhir/value-set/expansion.ts';
import { subsuming } from '../fhir/value-set/filter.ts';
import { ancestors, descendants } from '../fhir/value-set/hierarchy.ts';
import type { LinkedValueSet } from '../fhir/value-set/link.ts';
import { type Membership, memberOf, plainMemberOf } from '../fhir/value-set/membership.ts';
import { isReason, type Reason } from '../fhir/value-set/reason.ts';
import { type ShippedResources, shippedResources } from '../packages/shipped.ts';
import { Catalogue } from './catalogue.ts';
import { grammarSource } from './grammar-source.ts';
import { LinkedSets } from './linked-sets.ts';
import { packedSource } from './packed-source.ts';
import { Shelf } from './shelf.ts';
import { shippedSource } from './shipped-source.ts';
import type { TerminologySource } from './source.ts';
import { type StoredDefinitions, storedSource } from './stored-source.ts';
import type { Coded, Expansion, Terminology } from './terminology.ts';

export interface TerminologyOptions {
  /** What clients stored, as far as whoever asks may see it: terminologies of different rights need one each. */
  readonly stored?: StoredDefinitions;
  /** What comes with the server, in the order of preference. */
  readonly sources?: readonly TerminologySource[];
  /** What was read: can be shared by several terminologies. */
  readonly shelf?: Shelf;
  /** Absolute bases of this server, without trailing slash: value sets below them can be named by literal reference. */
  readonly bases?: readonly string[];
  /** Most codes of an expansion. */
  readonly mostCodes?: number;
  readonly now?: () => number;
}

/** A change that nobody announces, such as one by another process, is seen after twice this time at the latest. */
const trust = 400;

const allCodes = 100_000;

export const shippedSources = (shipped: ShippedResources = shippedResources()): readonly TerminologySource[] => [
  shippedSource(shipped),
  packedSource(),
  grammarSource(),
];

export function createTerminology(options: TerminologyOptions = {}): Terminology {
  const { stored, bases = [], mostCodes = allCodes, now = () => performance.now(), shelf = new Shelf() } = options;
  const sources = [...(stored ? [storedSource(stored)] : []), ...(options.sources ?? shippedSources())];
  const catalogue = new Catalogue({ sources, shelf, bases, trust, now });
  const sets = new LinkedSets({ catalogue, trust, now });
  const expansions = new WeakMap<LinkedValueSet, Expansion | Reason>();

  const expansionOf = (set: LinkedValueSet): Expansion | Reason => {
    const known = expansions.get(set);
    if (known) return known;
    const codes = expandValueSet(set, mostCodes);
    const { url, version } = set;
    const fresh = isReason(codes) ? codes : { url, ...(version === undefined ? {} : { version }), codes };
    expansions.set(set, fresh);
    return fresh;
  };

  const members = async (valueSet: string): Promise<(code: Coded) => Membership> => {
    const set = await sets.get(valueSet);
    if (isReason(set)) return () => ({ result: 'unknown', reason: set });
    return ({ system, code }) => (system === undefined ? plainMemberOf(set, code) : memberOf(set, { system, code }));
  };

  const related = async (system: string, code: string, relatives: typeof descendants): Promise<readonly Concept[]> => {
    const { value } = await catalogue.find('CodeSystem', system);
    const concept = isReason(value) ? value : subsuming(value, code);
    if (isReason(concept)) throw refused(`What subsumes ${system}|${code}, and what it subsumes, is not known`, concept);
    return [...relatives(concept)];
  };

  return {
    expand: async (valueSet) => {
      const set = await sets.get(valueSet);
      const expansion = isReason(set) ? set : expansionOf(set);
      if (isReason(expansion)) throw refused(`ValueSet ${isReason(set) ? valueSet : nameOf(set)} cannot be expanded`, expansion);
      return expansion;
    },
    members,
    contains: async (valueSet, code) => (await members(valueSet))(code),
    lookUp: async (system, code) => {
      const { value } = await catalogue.find('CodeSystem', system);
      if (isReason(value)) return { result: 'unknown', reason: value };
      const concept = value.concept(code);
      if (concept) return { result: 'yes', concept };
      const why = incompleteness(value);
      return why ? { result: 'unknown', reason: why } : { result: 'no' };
    },
    spellings: async (system) => {
      const { value } = await catalogue.find('CodeSystem', system);
      if (isReason(value)) return (code) => [code];
      const isMeant = (written: string, code: string): boolean => written === code || value.concept(written)?.code === code;
      return (code) => [...new Set([code, code.toLowerCase(), code.toUpperCase()])].filter((written) => isMeant(written, code));
    },
    supplemented: async (system) => {
      const { value } = await catalogue.find('CodeSystem', system);
      return isReason(value) ? undefined : value.supplements;
    },
    descendants: (system, code) => related(system, code, descendants),
    ancestors: (system, code) => related(system, code, ancestors),
    changed: () => {
      catalogue.forget();
      sets.forget();
    },
  };
}

/** Whatever the reason, it is the request that asks for what is not there: never 404 or 403 of the resource that is searched. */
const refused = (what: string, { code, text }: Reason) => refusal(code, `${what}: ${text}`, { status: 400 });
