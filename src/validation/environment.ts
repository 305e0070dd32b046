/**
 * What FHIRPath asks its surroundings while a resource is validated. The engine does not wait: what is missing is fetched between two checks.
 * https://hl7.org/fhir/R4/fhirpath.html#functions
 */
import type { Environment } from '../fhir/fhirpath/run.ts';
import type { Value } from '../fhir/fhirpath/value.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Membership } from '../fhir/value-set/membership.ts';
import type { Coded, Terminology } from '../terminology/terminology.ts';
import { partsOf } from './binding/questions.ts';
import { isNarrative } from './narrative.ts';

/** Whether a resource fits a profile; undefined when the profile is not known. */
export type Conforms = (resource: Resource) => boolean;

export interface AnswerSources {
  readonly terminology: Pick<Terminology, 'members'>;
  readonly profile: (canonical: string) => Promise<Conforms | undefined>;
  readonly now?: (() => Date) | undefined;
}

type Members = (code: Coded) => Membership;

/** One validation asks for so many value sets and profiles at most. */
const mostFetches = 1000;

export class Answers {
  private readonly members = new Map<string, Members>();
  private readonly profiles = new Map<string, Conforms | undefined>();
  private readonly wantedSets = new Set<string>();
  private readonly wantedProfiles = new Set<string>();
  /** Checks of conformsTo under way: a profile that asks for itself does not go round. */
  private readonly underway = new Map<Resource, Set<string>>();
  private readonly sources: AnswerSources;

  constructor(sources: AnswerSources) {
    this.sources = sources;
  }

  environment(resource: Resource, root: Resource, resolve: (reference: string) => Resource | undefined): Environment {
    const { now } = this.sources;
    return { resource, rootResource: root, resolve, memberOf: this.memberOf, conformsTo: this.conformsTo, htmlChecks: isNarrative, now };
  }

  /** False when nothing new was wanted. */
  async fetch(): Promise<boolean> {
    const [sets, profiles] = [[...this.wantedSets], [...this.wantedProfiles]];
    this.wantedSets.clear();
    this.wantedProfiles.clear();
    if (this.members.size + this.profiles.size + sets.length + profiles.length > mostFetches) return false;
    for (const valueSet of sets) this.members.set(valueSet, await this.sources.terminology.members(valueSet));
    for (const canonical of profiles) this.profiles.set(canonical, await this.sources.profile(canonical));
    return sets.length + profiles.length > 0;
  }

  private readonly memberOf = ({ type, value }: Value, valueSet: string): boolean | undefined => {
    const members = this.members.get(valueSet);
    if (members === undefined) {
      this.wantedSets.add(valueSet);
      return undefined;
    }
    const answers = partsOf(type.slice(type.indexOf('.') + 1), value)
      .filter(({ code }) => code !== undefined)
      .map(({ system, code }) => members({ system, code: code as string }).result);
    if (answers.includes('yes')) return true;
    return answers.includes('unknown') ? undefined : false;
  };

  private readonly conformsTo = ({ value }: Value, profile: string): boolean | undefined => {
    if (!isObject(value) || typeof value['resourceType'] !== 'string') return undefined;
    if (!this.profiles.has(profile)) {
      this.wantedProfiles.add(profile);
      return undefined;
    }
    const conforms = this.profiles.get(profile);
    return conforms && this.guarded(value as Resource, profile, conforms);
  };

  private guarded(resource: Resource, profile: string, conforms: Conforms): boolean {
    const asked = this.underway.get(resource) ?? new Set();
    this.underway.set(resource, asked);
    if (asked.has(profile)) return true;
    asked.add(profile);
    try {
      return conforms(resource);
    } finally {
      asked.delete(profile);
    }
  }
}
