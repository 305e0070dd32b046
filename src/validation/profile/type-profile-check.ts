/**
 * Profiles on the type of an element: its values conform to at least one of them.
 * https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.profile
 */
import { isObject } from '../../fhir/resource.ts';
import type { CheckRun } from './check-run.ts';
import type { Compiler, ValueCheck } from './compiler.ts';
import type { NodeType } from './element-node.ts';
import type { Profile } from './profile.ts';
import { bareCanonical } from './structure-definition.ts';

export function typeProfileCheck(compiler: Compiler, { profiles }: NodeType, type: string): ValueCheck | undefined {
  const found = profiles.map((canonical) => ({ canonical, profile: compiler.profile(canonical) }));
  const [first] = found;
  if (first === undefined || found.some(({ profile }) => profile?.isType === true && profile.type === type)) return undefined;
  const check: ValueCheck = found.length === 1 ? single(first.canonical, first.profile, type) : several(found, type);
  return type === 'Extension' ? unlessDefined(profiles, check) : check;
}

/** An extension is checked against the definition that its url names wherever it stands. */
const unlessDefined =
  (wanted: readonly string[], check: ValueCheck): ValueCheck =>
  (run, value, twin) => {
    const url = isObject(value) ? value['url'] : undefined;
    if (!wanted.some((canonical) => bareCanonical(canonical) === url)) check(run, value, twin);
  };

function single(canonical: string, profile: Profile | undefined, type: string): ValueCheck {
  if (profile === undefined) return (run) => unknown(run, canonical);
  return (run, value, twin) => profile.checkValue(run, value, twin, type);
}

const unknown = (run: CheckRun, canonical: string): void =>
  run.add('error', 'not-found', () => `The profile ${canonical}, which is asked for here, is not known; expected one that is loaded`);

interface Candidate {
  readonly canonical: string;
  readonly profile: Profile | undefined;
}

function several(candidates: readonly Candidate[], type: string): ValueCheck {
  return (run, value, twin) => {
    const faults: string[] = [];
    for (const { canonical, profile } of candidates) {
      const outcome = profile === undefined ? 'not known' : run.attempt(() => profile.checkValue(run, value, twin, type));
      if (outcome === true) return;
      faults.push(`${canonical} (${outcome})`);
    }
    run.add('error', 'structure', () => `Conforms to none of the profiles of which one is expected: ${faults.join('; ')}`);
  };
}
