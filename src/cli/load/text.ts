/** Text of a source, whole or line by line, in bounded memory. https://github.com/ndjson/ndjson-spec */
import type { Readable } from 'node:stream';
import { refusal } from '../../fhir/outcome.ts';

const largestText = 450 << 20;

/** Strict UTF-8 without a byte order mark. Throws FhirError. */
async function* decoded(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw refusal('structure', 'The text is not valid UTF-8.');
    throw error;
  }
}

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** Lines that are not blank. Only new text is searched, for a whole bundle may be one line. */
export async function* linesOf(bytes: Readable): AsyncGenerator<Line> {
  let held: string[] = [];
  let length = 0;
  let number = 0;
  for await (const piece of decoded(bytes)) {
    const parts = piece.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      const text = held.join('') + part;
      [held, length] = [[], 0];
      number++;
      if (text.trim() !== '') yield { number, text };
    }
    held.push(last);
    length += last.length;
    if (length > largestText) throw tooLong();
  }
  const text = held.join('');
  if (text.trim() !== '') yield { number: number + 1, text };
}

const tooLong = () => refusal('too-long', `A resource or bundle is longer than ${largestText >> 20} MB; split it, or use NDJSON.`);

export async function wholeText(lines: AsyncIterable<Line>, first: readonly Line[]): Promise<string> {
  const texts = first.map(({ text }) => text);
  let length = 0;
  for await (const { text } of lines) {
    length += text.length;
    if (length > largestText) throw tooLong();
    texts.push(text);
  }
  return texts.join('\n');
}
