/**
 * What is checked before resources are written: the structure always; where they claim a profile, are to conform to one, or have a concept
 * with a required binding, that too. https://hl7.org/fhir/R4/validation.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { Issue } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { type RequiredBindings, requiredBindings } from './binding/required.ts';
import { claimed, claimsOf } from './claimed-profiles.ts';
import type { Asking, Knowledge } from './knowledge.ts';
import { type Place, placesOf } from './place.ts';
import type { Policed } from './policy.ts';
import type { Profiles } from './profiles.ts';
import { checkResources, type Extended } from './resource-check.ts';
import { type ValidationSettings, valueFor } from './setting.ts';
import { shapedResource } from './shaped.ts';
import type { Validate } from './structure.ts';

export interface Written {
  readonly resource: Resource;
  /** FHIRPath of the resource in what was sent. */
  readonly at: string;
  /** Under which other resources of the same write refer to it. */
  readonly fullUrl?: string | undefined;
}

/** One check, in rounds: it does not wait. */
export interface WriteCheck {
  /** What is wrong with the resources; undefined = something has to be loaded first. */
  issues(written: readonly Written[]): readonly Issue[] | undefined;
  load(): Promise<void>;
}

export type BeginWriteCheck = () => WriteCheck;

export interface WriteCheckOptions {
  readonly definitions: Definitions;
  readonly base: Validate;
  readonly profiles: Profiles;
  readonly knowledge: Knowledge;
  readonly settings: ValidationSettings;
  readonly now?: () => Date;
}

interface Checks extends WriteCheckOptions {
  readonly required: RequiredBindings;
}

const mostRounds = 10;

export function writeChecks(options: WriteCheckOptions): BeginWriteCheck {
  const checks: Checks = { ...options, required: requiredBindings(options.definitions) };
  return () => {
    let asking: Asking | undefined;
    let round = 0;
    return {
      issues: (written) => {
        const issues = written.length === 1 ? baseIssues(checks, written[0]) : written.flatMap((one) => baseIssues(checks, one));
        if (!written.some(({ resource }) => isConcerned(checks, resource))) return issues;
        asking ??= checks.knowledge.begin();
        const isBroken = issues.some(({ code }) => code === 'structure');
        const found = deepIssues(checks, isBroken ? written.map((one) => shaped(checks, one)) : written, asking);
        return asking.isSatisfied || ++round >= mostRounds ? [...issues, ...found] : undefined;
      },
      load: async () => asking?.fetch(),
    };
  };
}

const none: readonly Issue[] = [];

const baseIssues = ({ base }: Checks, written: Written | undefined): readonly Issue[] =>
  written === undefined ? none : base(written.resource, written.at);

const shaped = ({ definitions }: Checks, written: Written): Written =>
  definitions.isResourceType(written.resource.resourceType)
    ? { ...written, resource: shapedResource(definitions, written.resource) }
    : written;

/** Whether more than the structure has to be looked at. */
function isConcerned({ settings, required }: Checks, resource: Resource): boolean {
  const { resourceType } = resource;
  if (valueFor(settings.level, resourceType) !== 'full') return false;
  const isOwn = (one: Resource): boolean => claimed(one).length > 0 || required.concern(one);
  if (settings.policy.has(resourceType) || isOwn(resource)) return true;
  const holds = resource['contained'] !== undefined || resourceType === 'Bundle' || resourceType === 'Parameters';
  return holds && placesOf(resource, '').some((place) => isOwn(place.resource));
}

/** Stands for the write in which resources refer to each other. */
const write: Place = { resource: { resourceType: 'Bundle' }, at: '' };

function deepIssues(checks: Checks, written: readonly Written[], asking: Asking): Issue[] {
  const { definitions, settings, required, profiles, now } = checks;
  const all = written.map((one) => placesIn(one, written.length > 1));
  const concerned = all.filter(([place]) => place !== undefined && isConcerned(checks, place.resource));
  const places = concerned.flat();
  const unknown = (type: string) => (valueFor(settings.unknownProfile, type) === 'refuse' ? 'error' : undefined);
  const root = written[0]?.resource ?? write.resource;
  const policies = concerned.flatMap(([place]) => policed(settings, place));
  const claims = claimsOf(places, unknown);
  const around = all.flat();
  const extended = concerned.flatMap(([place]) => extendedAt(profiles, place));
  const checking = { definitions, root, places, around, claims, extended, policies, rules: [], before: [], askBindings: required.ask, now };
  return checkResources(checking, asking).issues().filter(isError);
}

const isError = ({ severity }: Issue): boolean => severity === 'error' || severity === 'fatal';

function placesIn({ resource, at, fullUrl }: Written, isOneOfSeveral: boolean): Place[] {
  if (!isOneOfSeveral) return placesOf(resource, at);
  return placesOf(resource, at, fullUrl === undefined ? { bundle: write } : { bundle: write, fullUrl });
}

/** Of what claims a profile, for its profiles rely on extensions being checked. */
const extendedAt = (profiles: Profiles, place: Place | undefined): Extended[] =>
  place === undefined || claimed(place.resource).length === 0 ? [] : [{ extensions: profiles.extensions(place.resource), at: place.at }];

function policed({ policy }: ValidationSettings, place: Place | undefined): Policed[] {
  const lists = place === undefined ? undefined : policy.get(place.resource.resourceType);
  return place === undefined || lists === undefined ? [] : [{ place, policy: lists }];
}
