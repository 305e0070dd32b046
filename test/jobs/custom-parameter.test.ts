/** Search parameters of clients, from the write that brings them to the searches that use them. https://hl7.org/fhir/R4/searchparameter.html */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Node, type Nodes, nodes, shoe, wearer } from '../support/node.ts';

let all: Nodes;
let node: Node;

beforeEach(async () => {
  all = await nodes();
  node = await all.open();
});
afterEach(() => all.close());

describe('A SearchParameter that is stored', () => {
  test('is unknown to searches until its job has finished, and finds what was stored before from then on', async () => {
    await node.put(wearer('a', '42'));
    await node.put(wearer('b', '43'));
    await node.put(shoe());
    await expect(node.ids('Patient', 'shoe=42')).rejects.toMatchObject({ status: 400 });
    expect(await node.reindexing.parameter('shoe')).toMatchObject({ state: 'building', job: { state: 'queued' } });
    expect(await node.work()).toBe(1);
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a']);
    expect(await node.reindexing.parameter('shoe')).toMatchObject({ state: 'active', job: { state: 'finished', done: 2, total: 2 } });
  });
});
