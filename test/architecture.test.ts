import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectFile, projectRoot } from '../src/root.ts';

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

const filesBelow = (folder: string): string[] =>
  readdirSync(projectFile(folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('generated'));

const sources = filesBelow('src');
const textOf = new Map(sources.map((path) => [path, readFileSync(projectFile(path), 'utf8')]));

const onlyTypes = (clause: string): boolean => {
  if (clause.startsWith('type ')) return true;
  const names = /^\{(.*)\}$/s
    .exec(clause.trim())?.[1]
    ?.split(',')
    .filter((name) => name.trim() !== '');
  return names !== undefined && names.length > 0 && names.every((name) => name.trim().startsWith('type '));
};

function importsOf(path: string): Import[] {
  const found = (textOf.get(path) ?? '').matchAll(/^(?:import|export)\s+([^'";]*?)\s*from\s+'(\.[^']+)'/gms);
  return [...found].map(([, clause = '', target = '']) => ({
    from: path,
    to: normalize(join(dirname(path), target)),
    typesOnly: onlyTypes(clause),
  }));
}

const imports = sources.flatMap(importsOf);

/** The part of the house that a file belongs to: its folder below src, or its own name at the top. */
const partOf = (path: string): string => (/^src\/([^/]+)/.exec(path)?.[1] ?? path.split('/')[0] ?? '').replace(/\.ts$/, '');

/** From top to bottom: code may use what stands lower, and what stands on its own level. */
const levels: readonly (readonly string[])[] = [
  ['main'],
  ['cli'],
  ['server'],
  ['http', 'services'],
  ['interactions', 'operations', 'jobs', 'bulk', 'subscriptions', 'audit', 'genomics', 'record', 'monitoring', 'insight', 'cds'],
  ['repository'],
  ['search', 'validation', 'terminology', 'auth'],
  ['store', 'packages'],
  ['migrations'],
  ['fhir'],
];
/** Leaves that any part but fhir may use. */
const leaves = ['config', 'log', 'metrics', 'tracing', 'software-version', 'root'];

const levelOf = (part: string): number => levels.findIndex((parts) => parts.includes(part));

function isAllowed({ from, to, typesOnly }: Import): boolean {
  const [user, used] = [partOf(from), partOf(to)];
  if (user === used || typesOnly) return true;
  if (used === 'root') return true;
  if (leaves.includes(user)) return leaves.includes(used);
  if (leaves.includes(used)) return user !== 'fhir' && !(used === 'config' && levelOf(user) > levelOf('server'));
  // SQL as data: search writes statements and never runs them.
  if (used === 'store' && user === 'search') return false;
  return levelOf(user) <= levelOf(used);
}

/** One cycle of imports, or none. */
function findCycle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of edges.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  return [...edges.keys()].map((path) => visit(path, [])).find((cycle) => cycle !== undefined);
}

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*\.ts$/;

describe('the house', () => {
  test('knows every part of src', () => {
    const known = new Set([...levels.flat(), ...leaves]);
    expect([...new Set(sources.map(partOf))].filter((part) => !known.has(part))).toEqual([]);
  });

  test('imports one way, from the process down to the standard', () => {
    expect(imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('takes from upper parts nothing but types, and only the contracts', () => {
    const upward = imports.filter(({ from, to, typesOnly }) => typesOnly && !isAllowed({ from, to, typesOnly: false }));
    const contracts = [
      'src/repository/repository.ts',
      'src/search/index-rows.ts',
      'src/store/statement.ts',
      'src/config.ts',
      'src/store/database.ts',
      'src/search/plan/statistics.ts',
    ];
    expect([...new Set(upward.map(({ to }) => to))].filter((to) => !contracts.includes(to))).toEqual([]);
  });

  test('has no import cycles', () => {
    const edges = new Map(sources.map((path) => [path, importsOf(path).flatMap(({ to, typesOnly }) => (typesOnly ? [] : [to]))]));
    expect(findCycle(edges)).toBeUndefined();
  });

  test('keeps the standard pure: no HTTP, no SQL, no database', () => {
    const impure = /from '(node:http|node:https|node:net|express|pg|knex)'/;
    expect(sources.filter((path) => partOf(path) === 'fhir' && impure.test(textOf.get(path) ?? ''))).toEqual([]);
  });

  test('knows HTTP servers and Express in one folder', () => {
    const http = /^import (?!type)[^;]*from '(node:http|express)'/m;
    expect(sources.filter((path) => partOf(path) !== 'http' && http.test(textOf.get(path) ?? ''))).toEqual([]);
  });

  test('talks to PostgreSQL in the store and in the commands that open it', () => {
    const driver = /^import (?!type)[^;]*from '(pg|knex)'/m;
    expect(sources.filter((path) => !['store', 'cli'].includes(partOf(path)) && driver.test(textOf.get(path) ?? ''))).toEqual([]);
  });

  test('has no file above 400 lines', () => {
    expect(sources.filter((path) => (textOf.get(path) ?? '').split('\n').length > 400)).toEqual([]);
  });

  test('opens every file with a sentence on what it is', () => {
    expect(sources.filter((path) => !/^(#!.*\n)?\/\*\*/.test(textOf.get(path) ?? ''))).toEqual([]);
  });

  test('names files in kebab case and none after vague roles', () => {
    const names = sources.map((path) => path.split('/').at(-1) ?? '');
    expect(names.filter((name) => !kebab.test(name) || /(manager|service|helper|utils?)\.ts$/.test(name))).toEqual([]);
  });

  test('leaves no notes to do later', () => {
    expect(sources.filter((path) => /\b(TODO|FIXME|XXX)\b/.test(textOf.get(path) ?? ''))).toEqual([]);
  });
});
