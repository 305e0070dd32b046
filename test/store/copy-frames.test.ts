/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CopyFrames } from '../../src/store/copy-frames.ts';

function message(code: string, content: Buffer | string): Buffer {
  const head = Buffer.alloc(5, code);
  const body = Buffer.from(content);
  head.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

interface Heard {
  readonly rows: string[];
  readonly others: string[];
  rest: Buffer | undefined;
}

/** Feeds pieces that are overwritten as soon as they were told, as those of a socket are. */
function heard(bytes: Buffer, cuts: readonly number[]): Heard {
  const found: Heard = { rows: [], others: [], rest: undefined };
  const behind: Buffer[] = [];
  const frames = new CopyFrames({
    row: (chunk, start, end) => void found.rows.push(chunk.toString('latin1', start, end)),
    other: (chunk) => void found.others.push(chunk.toString('latin1')),
    end: (rest) => void (found.rest = Buffer.from(rest)),
  });
  const ends = [...new Set([...cuts.map((cut) => cut % bytes.length), bytes.length])].sort((a, b) => a - b);
  let from = 0;
  for (const to of ends) {
    const piece = Buffer.from(bytes.subarray(from, to));
    from = to;
    if (found.rest === undefined) frames.feed(piece);
    else behind.push(Buffer.from(piece));
    piece.fill(0);
  }
  if (found.rest !== undefined) found.rest = Buffer.concat([found.rest, ...behind]);
  return found;
}

test('Rows of a COPY are the same wherever the socket cuts them, and what follows is handed on whole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('d', 'd', 'd', 'N', 'A', 'S'), fc.string({ maxLength: 40 })), { maxLength: 20 }),
      fc.array(fc.nat(), { maxLength: 30 }),
      (messages, cuts) => {
        const parts = messages.map(([code, text]) => [code, Buffer.from(text).toString('latin1'), message(code, text)] as const);
        const tail = Buffer.concat([message('c', ''), message('C', 'COPY 2\0'), message('Z', 'I')]);
        const found = heard(Buffer.concat([message('H', '\0\0\x01\0\0'), ...parts.map(([, , bytes]) => bytes), tail]), cuts);
        expect(found.rows).toEqual(parts.filter(([code]) => code === 'd').map(([, text]) => text));
        expect(found.others).toEqual(parts.filter(([code]) => code !== 'd').map(([, , bytes]) => bytes.toString('latin1')));
        expect(found.rest).toEqual(tail);
      },
    ),
  );
});

test('An error instead of rows is handed on', () => {
  const fault = message('E', 'SERROR\0\0');
  expect(heard(fault, [1, 3, 7]).rest).toEqual(fault);
});
