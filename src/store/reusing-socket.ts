/**
 * A socket that reads into the same memory again and again: many megabytes in chunks of their own would cost more to be cleared away by the
 * garbage collector than to be read. https://nodejs.org/api/net.html#new-netsocketoptions
 */
import { type OnReadOpts, Socket } from 'node:net';

const size = 131_072;

/** Told of bytes that are only there until it returns. */
export type Direct = (bytes: Buffer) => void;

export class ReusingSocket extends Socket {
  /** Told instead of the listeners of `data`, who are given copies. */
  direct: Direct | undefined;

  constructor() {
    const onread: OnReadOpts = {
      buffer: Buffer.allocUnsafeSlow(size),
      callback: (length, bytes) => {
        this.#came(Buffer.from(bytes.buffer, bytes.byteOffset, length));
        return true;
      },
    };
    super({ onread } as ConstructorParameters<typeof Socket>[0]);
  }

  #came(bytes: Buffer): void {
    if (this.direct === undefined) this.emit('data', Buffer.from(bytes));
    else this.direct(bytes);
  }
}
