/** Sending a text that is made piece by piece: no more is made than the client takes, and nothing more once it went away. */
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { compressor, type Encoding } from './compression.ts';

interface Receiver {
  readonly request: { readonly method?: string | undefined };
  readonly response: ServerResponse;
  readonly sendIdle: number;
}

/** Characters that are gathered before the first and between all further writes. */
const chunk = 65_536;

export async function collectPieces(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

interface Gathered {
  readonly text: string;
  readonly done: boolean;
}

async function gather(iterator: AsyncIterator<string>): Promise<Gathered> {
  let text = '';
  while (text.length < chunk) {
    const step = await iterator.next();
    if (step.done) return { text, done: true };
    text += step.value;
  }
  return { text, done: false };
}

/** Resolves true when there is room again, false when the client went away or took nothing for too long. */
function drained(target: Writable, { response, sendIdle }: Receiver): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (room: boolean): void => {
      target.off('drain', onDrain);
      response.off('close', onClose);
      response.socket?.setTimeout(0);
      resolve(room);
    };
    const onDrain = (): void => settle(true);
    const onClose = (): void => settle(false);
    target.once('drain', onDrain);
    response.once('close', onClose);
    // Node destroys the socket at its timeout, and `close` follows.
    response.socket?.setTimeout(sendIdle);
    if (response.destroyed) settle(false);
  });
}

const gone = (receiver: Receiver): boolean => receiver.response.destroyed || receiver.response.socket === null;

async function write(target: Writable, text: string, receiver: Receiver): Promise<boolean> {
  if (gone(receiver)) return false;
  return target.write(text) || drained(target, receiver);
}

async function pump(iterator: AsyncIterator<string>, first: string, target: Writable, receiver: Receiver): Promise<void> {
  for (let part: Gathered = { text: first, done: false }; ; part = await gather(iterator)) {
    if (part.text !== '' && !(await write(target, part.text, receiver))) return void (await iterator.return?.());
    if (part.done) return void target.end();
  }
}

function targetOf(response: ServerResponse, encoding: Encoding | undefined): Writable {
  if (encoding === undefined) return response;
  const transform = compressor(encoding);
  transform.pipe(response);
  response.once('close', () => transform.destroy());
  return transform;
}

/**
 * Streams `pieces` after calling `start`, which writes the head. A text that turns out short is returned instead, unsent;
 * a fault in its making before that point rejects with nothing sent, a later one cuts the connection so that the client sees it.
 */
export async function sendPieces(
  receiver: Receiver,
  pieces: AsyncIterable<string>,
  encoding: Encoding | undefined,
  start: () => void,
): Promise<string | undefined> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await gather(iterator);
  if (first.done) return first.text;
  start();
  if (receiver.request.method === 'HEAD') {
    await iterator.return?.();
    receiver.response.end();
    return undefined;
  }
  await pump(iterator, first.text, targetOf(receiver.response, encoding), receiver);
  return undefined;
}
