/**
 * What a person may allow or leave out, one check box each, and the scopes that come of the boxes that stay ticked: never more than was
 * asked. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources
 */
import type { Right } from './access.ts';
import { type ChoicePart, partsOf } from './choice-part.ts';
import { parseScope, type ResourceScope, textOfScope } from './scope.ts';

export interface ResourceChoice {
  /** Begins the names of its boxes: `s3` has `s3-view`, `s3-change` and `s3-laboratory`. */
  readonly name: string;
  readonly scope: ResourceScope;
  readonly view: readonly Right[];
  readonly change: readonly Right[];
  /** May be left out singly; [] = it is seen whole or not at all. */
  readonly parts: readonly ChoicePart[];
}

export interface Choices {
  readonly patient: readonly ResourceChoice[];
  readonly user: readonly ResourceChoice[];
  readonly identity: boolean;
  readonly offline: boolean;
  readonly online: boolean;
}

const identityScopes = ['openid', 'fhirUser', 'profile'];

const viewRights: readonly Right[] = ['r', 's'];

function choiceOf(text: string, index: number): readonly ResourceChoice[] {
  const scope = parseScope(text);
  if (scope.kind === 'plain') return [];
  const view = scope.rights.filter((right) => viewRights.includes(right));
  const change = scope.rights.filter((right) => !viewRights.includes(right));
  const parts = view.length > 0 && scope.pairs.length === 0 ? partsOf(scope.type) : [];
  return [{ name: `s${index}`, scope, view, change, parts }];
}

export function choicesOf(scopes: readonly string[]): Choices {
  const resources = scopes.flatMap(choiceOf);
  return {
    patient: resources.filter(({ scope }) => scope.level === 'patient'),
    user: resources.filter(({ scope }) => scope.level === 'user'),
    identity: scopes.some((scope) => identityScopes.includes(scope)),
    offline: scopes.includes('offline_access'),
    online: scopes.includes('online_access') && !scopes.includes('offline_access'),
  };
}

/** The names of all boxes: how they stand before anybody touches them. */
export const allTicked = (choices: Choices): ReadonlySet<string> =>
  new Set([
    ...['identity', 'offline', 'online'],
    ...[...choices.patient, ...choices.user].flatMap(({ name, parts }) => [
      ...[`${name}-view`, `${name}-change`],
      ...parts.map(({ code }) => `${name}-${code}`),
    ]),
  ]);

function partScopes({ scope, view }: ResourceChoice, { query, types }: ChoicePart): readonly string[] {
  if (types !== undefined) return types.map((type) => textOfScope({ level: scope.level, type, rights: view, pairs: [] }));
  return [`${textOfScope({ level: scope.level, type: scope.type, rights: view, pairs: [] })}?${query ?? ''}`];
}

const sameRights = (choice: ResourceChoice, rights: readonly Right[]): string => {
  const { level, type, pairs } = choice.scope;
  return textOfScope({ level, type, rights, pairs });
};

function grantedOf(choice: ResourceChoice, ticked: ReadonlySet<string>): readonly string[] {
  const { name, scope, view, change, parts } = choice;
  const kept = parts.filter(({ code }) => ticked.has(`${name}-${code}`));
  const views = view.length > 0 && ticked.has(`${name}-view`);
  const whole = views && kept.length === parts.length;
  const changes = change.length > 0 && ticked.has(`${name}-change`);
  const changed = changes ? [sameRights(choice, change)] : [];
  if (view.length === 0) return changes ? [scope.text] : [];
  if (whole) return changes || change.length === 0 ? [scope.text] : [sameRights(choice, view)];
  return views ? [...kept.flatMap((part) => partScopes(choice, part)), ...changed] : changed;
}

/** The scopes in their order; [] when nothing of what they give was left. */
export function grantedScopes(scopes: readonly string[], ticked: ReadonlySet<string>): readonly string[] {
  const choices = choicesOf(scopes);
  const resources = new Map([...choices.patient, ...choices.user].map((choice) => [choice.scope.text, choice]));
  const granted = scopes.flatMap((text): readonly string[] => {
    const resource = resources.get(text);
    if (resource !== undefined) return grantedOf(resource, ticked);
    if (identityScopes.includes(text)) return ticked.has('identity') ? [text] : [];
    if (text === 'offline_access') return ticked.has('offline') ? [text] : [];
    if (text === 'online_access') return ticked.has('online') || (choices.offline && ticked.has('offline')) ? [text] : [];
    return [text];
  });
  const gives = granted.some((text) => !text.startsWith('launch') && text !== 'offline_access' && text !== 'online_access');
  return gives ? [...new Set(granted)] : [];
}
