/** Where files of jobs lie: a folder of this machine, or a store that speaks S3. */
import type { Readable } from 'node:stream';

/** A file that is being written: nobody sees it before it is finished. */
export interface StorageWriter {
  /** Resolves when there is room for more. Throws a FhirError (507) when the disk is full. */
  write(data: Buffer): Promise<void>;
  /** From here on the file is there, and stays when the machine fails. Answers its bytes. */
  finish(): Promise<number>;
  /** As if it had never been begun. */
  abort(): Promise<void>;
}

export interface BulkStorage {
  /** One that is there already is replaced when the new one is finished. `name` is of letters, digits, `-`, `_` and `.`. */
  create(job: string, name: string, contentType: string): Promise<StorageWriter>;
  /** Bytes from `first` to `last`, both inclusive. Throws a FhirError (404) when there is no such file. */
  read(job: string, name: string, range: { readonly first: number; readonly last: number }): Promise<Readable>;
  /** All files of a job, begun ones among them. */
  remove(job: string): Promise<void>;
}
