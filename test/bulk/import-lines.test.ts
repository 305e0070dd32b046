/** Lines of NDJSON out of pieces of bytes, and chunks out of lines: nothing lost, nothing twice, from wherever it goes on. https://github.com/ndjson/ndjson-spec */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ChunkMaker, type ImportChunk } from '../../src/bulk/import-chunk.ts';
import { type ImportLine, LineReader } from '../../src/bulk/import-lines.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';

const start = { line: 0, offset: 0 };
const longest = 64;

/** Cut at the places, in whatever order they are. */
function pieces(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

function linesOf(parts: readonly Buffer[], place = start): ImportLine[] {
  const reader = new LineReader(place, longest);
  return [...parts.flatMap((part) => reader.take(part)), ...reader.rest()];
}

const textLines = fc.array(fc.constantFrom('', ' ', '{}', 'é', '"a"', 'x'.repeat(longest), 'x'.repeat(longest + 1), '\r'), {
  maxLength: 12,
});
const cuts = fc.array(fc.nat(2000), { maxLength: 8 });

describe('Lines', () => {
  test('are the same however the bytes come, numbered from 1 with the blank ones, and end where they end', () => {
    fc.assert(
      fc.property(textLines, fc.boolean(), cuts, (texts, isEnded, places) => {
        const all = texts.join('\n') + (isEnded && texts.length > 0 ? '\n' : '');
        let end = 0;
        const expected = texts.flatMap((text, i): ImportLine[] => {
          end += Buffer.byteLength(text) + 1;
          const at = { number: i + 1, end: Math.min(end, Buffer.byteLength(all)) };
          if (text.length > longest) return [{ ...at, text: undefined, fault: `The line is longer than ${longest} bytes.` }];
          return text.trim() === '' ? [] : [{ ...at, text }];
        });
        expect(linesOf(pieces(Buffer.from(all), places))).toEqual(expected);
      }),
    );
  });

  test('go on from the end of any of them as if they had never stopped', () => {
    fc.assert(
      fc.property(textLines, cuts, fc.nat(), (texts, places, from) => {
        const bytes = Buffer.from(texts.join('\n'));
        const all = linesOf([bytes]);
        if (all.length === 0) return;
        const { number: line, end: offset } = all[from % all.length] as ImportLine;
        const rest = linesOf(pieces(bytes.subarray(offset), places), { line, offset });
        expect(rest).toEqual(all.slice((from % all.length) + 1));
      }),
    );
  });

  test('that are no UTF-8 are told, and those around them are read', () => {
    const bytes = Buffer.concat([Buffer.from('{}\n'), Buffer.from([0xff, 0x0a]), Buffer.from('[]')]);
    expect(linesOf([bytes]).map(({ number, text, fault }) => [number, text, fault])).toEqual([
      [1, '{}', undefined],
      [2, undefined, 'The line is not valid UTF-8.'],
      [3, '[]', undefined],
    ]);
  });

  test('may begin with a byte order mark, in the first of them alone', () => {
    expect(linesOf([Buffer.from('\ufeff{}\n\ufeff{}')]).map(({ text }) => text)).toEqual(['{}', '\ufeff{}']);
  });
});

describe('Chunks', () => {
  const definitions = loadDefinitions();
  const patient = (id: string): string => JSON.stringify({ resourceType: 'Patient', id });

  function chunksOf(texts: readonly string[]): ImportChunk[] {
    const maker = new ChunkMaker(definitions, 'Patient', start);
    const reader = new LineReader(start, 4 << 20);
    const lines = [...reader.take(Buffer.from(texts.join('\n'))), ...reader.rest()];
    const full = lines.flatMap((line) => [...maker.add(line)]);
    return maker.isEmpty ? full : [...full, maker.take()];
  }

  test('hold each line once, in order, no resource twice, and end where the next one begins', () => {
    const line = fc.constantFrom(
      ...['a', 'b', 'c'].map(patient),
      '{',
      '[]',
      '{"resourceType":"Observation"}',
      '{"resourceType":"Patient","id":1}',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (texts) => {
        const chunks = chunksOf(texts);
        const told = chunks.flatMap(({ changes, faults }) =>
          [...changes.map(({ at }) => Number(at.slice(5))), ...faults.map((fault) => fault.line)].sort((a, b) => a - b),
        );
        expect(told).toEqual(texts.map((_, i) => i + 1));
        for (const { changes } of chunks) expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
        for (const { line: last, offset } of chunks)
          expect(offset).toBe(Math.min(Buffer.byteLength(`${texts.slice(0, last).join('\n')}\n`), Buffer.byteLength(texts.join('\n'))));
        expect(chunks.at(-1)?.line ?? 0).toBe(texts.length);
      }),
    );
  });

  test('tell of a line that could not be read, and hold the others', () => {
    const maker = new ChunkMaker(definitions, undefined, start);
    const lines = [
      { number: 1, text: undefined, fault: 'The line is not valid UTF-8.', end: 3 },
      { number: 2, text: patient('a'), end: 9 },
    ];
    expect(lines.flatMap((line) => [...maker.add(line)])).toEqual([]);
    const { changes, faults, line, offset } = maker.take();
    expect([changes.map(({ id }) => id), faults.map((fault) => fault.line), line, offset]).toEqual([['a'], [1], 2, 9]);
    expect(faults[0]?.outcome).toContain('Line 1: The line is not valid UTF-8.');
  });

  test('are bounded by their lines and by their bytes', () => {
    const many = chunksOf(Array.from({ length: 1201 }, (_, i) => patient(`p${i}`)));
    expect(many.length).toBeGreaterThan(2);
    const large = JSON.stringify({ resourceType: 'Patient', text: 'x'.repeat(1 << 20) });
    expect(
      chunksOf([large.replace('{', '{"id":"a",'), large.replace('{', '{"id":"b",'), large.replace('{', '{"id":"c",')]).map(
        ({ changes }) => changes.length,
      ),
    ).toEqual([2, 1]);
  });
});
