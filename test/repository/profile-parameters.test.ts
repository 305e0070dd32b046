/** The SearchParameters of `fhir-profiles/`: what changes between two starts is built like what clients bring. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { registerProfiles } from '../../src/repository/profile-parameters.ts';
import { changeOf, type Node, type Nodes, nodes, shoe, wearer } from '../support/node.ts';

let all: Nodes;
let node: Node;

beforeEach(async () => {
  all = await nodes();
  node = await all.open();
});
afterEach(() => all.close());

const start = (...files: Resource[]): Promise<void> => registerProfiles(node.database, node.registry, files);
const changed = shoe({ expression: "Patient.extension('http://example.org/boot').value" });
const states = () => node.registry.current().registered.map(({ owner, state }) => `${owner} ${state}`);
const owner = 'fhir-profiles http://example.org/SearchParameter/shoe';

describe('On an empty database', () => {
  test('a file counts at once, for the first resource already', async () => {
    await start(shoe());
    await node.put(wearer('a', '42'));
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
    expect(await node.work()).toBe(0);
  });

  test('a changed file counts at once', async () => {
    await start(shoe());
    await start(changed);
    expect(states()).toEqual([`${owner} retired`, `${owner} active`]);
    await node.put(wearer('a', '42'));
    expect(await node.ids('Patient', 'shoe=42')).toEqual([]);
  });

  test('several processes that start at once register it once', async () => {
    const others = [node, await all.open(), await all.open()];
    await Promise.all(others.map(({ database, registry }) => registerProfiles(database, registry, [shoe()])));
    await node.registry.refresh();
    expect(states()).toEqual([`${owner} active`]);
  });

  test('a first resource that is written meanwhile is not overlooked', async () => {
    const other = await all.open();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let isWritten = false;
    const within = async (): Promise<void> => {
      isWritten = true;
      await gate;
    };
    const writing = other.repository.commit([changeOf(wearer('first', '42'))], { transaction: true, within });
    while (!isWritten) await new Promise((resolve) => setTimeout(resolve, 5));
    const starting = start(shoe());
    setTimeout(open, 100);
    await Promise.all([writing, starting]);
    await node.work();
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['first']);
  });
});

describe('On a database with resources', () => {
  beforeEach(async () => {
    await node.put(wearer('a', '42'));
  });

  test('a new file is built by a job first', async () => {
    await start(shoe());
    await expect(node.ids('Patient', 'shoe=42')).rejects.toMatchObject({ status: 400 });
    expect(await node.work()).toBe(1);
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
  });

  test('a changed file is answered as before until its job has finished', async () => {
    await start(shoe());
    await node.work();
    await start(changed);
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
    await node.work();
    expect(await node.ids('Patient', 'shoe=42')).toEqual([]);
  });

  test('the same files at another start change nothing', async () => {
    await start(shoe());
    await node.work();
    const { stamp } = node.registry.current();
    await start(shoe());
    expect(node.registry.current().stamp).toBe(stamp);
    expect(await node.work()).toBe(0);
  });

  test('a file that is gone is searched by no longer', async () => {
    await start(shoe());
    await node.work();
    await start();
    await expect(node.ids('Patient', 'shoe=42')).rejects.toMatchObject({ status: 400 });
  });
});

describe('A file', () => {
  test('that cannot be used keeps the server from starting, and says what and why', async () => {
    const text =
      /fhir-profiles cannot be used\. http:\/\/example\.org\/SearchParameter\/shoe\.expression: Patient cannot be searched by "shoe"/;
    await expect(start(shoe({ expression: 'Patient.shoe' }))).rejects.toThrow(text);
  });

  test('of a draft counts: it was put there on purpose', async () => {
    await start(shoe({ status: 'draft' }));
    expect(states()).toEqual([`${owner} active`]);
  });

  test('has its code before clients have it, and the other way round', async () => {
    await start(shoe());
    await expect(node.put(shoe({ url: 'http://example.org/other' }))).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('fhir-profiles'),
    });
    await node.put(shoe({ id: 'boot', code: 'boot', url: 'http://example.org/boot' }));
    await expect(start(shoe(), shoe({ code: 'boot', url: 'http://example.org/third' }))).rejects.toThrow(
      'SearchParameter/boot already defines "boot"',
    );
  });
});
