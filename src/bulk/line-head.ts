/** What stands in a line before the stored text: type, id, version and time, put together as bytes. https://hl7.org/fhir/R4/resource.html#Meta */

/** Numbers are sent with the highest byte first; times are microseconds since 2000. */
const epoch = Date.UTC(2000, 0, 1);
const twoTo32 = 4_294_967_296;
const longest = 512;

const between = Buffer.from('","meta":{"versionId":"');
const before = Buffer.from('","lastUpdated":"');
const quote = 34;
const timeBytes = 24;

/** Where the parts of a row lie that is label, id, version, time, text; each stands behind its length in four bytes. */
const labelAt = 4;
const idLengthAt = labelAt + 2;
const idAt = idLengthAt + 4;
const versionBytes = 4 + 4;
const updatedBytes = 4 + 8;
const textLengthBytes = 4;

export const labelOf = (row: Buffer, start: number): number => row.readInt16BE(start + labelAt);

export function idOf(row: Buffer, start: number): string {
  return row.toString('latin1', start + idAt, start + idAt + row.readInt32BE(start + idLengthAt));
}

/** Made once for a window. */
export class LineHead {
  readonly bytes: Buffer = Buffer.allocUnsafe(longest);
  /** Of what was made last. */
  length = 0;
  readonly #types: readonly Buffer[];
  /** Many rows in a row were written at the same time. */
  readonly #time: Buffer = Buffer.alloc(timeBytes);
  #high = -1;
  #low = -1;

  constructor(types: readonly string[]) {
    this.#types = types.map((type) => Buffer.from(`{"resourceType":"${type}","id":"`));
  }

  /** Makes the head of the row that begins there; answers where its text does. */
  make(row: Buffer, start: number): number {
    const type = this.#types[labelOf(row, start)] as Buffer;
    const idEnd = start + idAt + row.readInt32BE(start + idLengthAt);
    this.length = 0;
    this.#add(type, 0, type.length);
    this.#add(row, start + idAt, idEnd);
    this.#add(between, 0, between.length);
    this.length += this.bytes.write(String(row.readInt32BE(idEnd + 4)), this.length, 'latin1');
    this.#add(before, 0, before.length);
    this.#setTime(row.readInt32BE(idEnd + versionBytes + 4), row.readUInt32BE(idEnd + versionBytes + 8));
    this.#add(this.#time, 0, timeBytes);
    this.bytes[this.length++] = quote;
    return idEnd + versionBytes + updatedBytes + textLengthBytes;
  }

  #setTime(high: number, low: number): void {
    if (high === this.#high && low === this.#low) return;
    [this.#high, this.#low] = [high, low];
    this.#time.write(new Date(epoch + Math.floor((high * twoTo32 + low) / 1000)).toISOString(), 'latin1');
  }

  /** Heads are short: a loop is faster than a call. */
  #add(from: Buffer, start: number, end: number): void {
    const { bytes } = this;
    let at = this.length;
    for (let i = start; i < end; i++) bytes[at++] = from[i] as number;
    this.length = at;
  }
}
