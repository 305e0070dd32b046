/**
 * Files of jobs in a store that speaks S3. Each is written to this machine first and sent whole, so that memory stays bounded, whatever
 * the number of files that grow at the same time, and nothing is there before it is complete. https://docs.aws.amazon.com/AmazonS3/latest/API/
 */
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { refusal } from '../fhir/outcome.ts';
import { localStorage } from './local-storage.ts';
import type { BulkStorage, StorageWriter } from './storage.ts';

export interface S3Options {
  readonly bucket: string;
  /** Before the names of all objects, such as `anamnesis/`. */
  readonly prefix: string;
  readonly region: string;
  /** Of a store that is not Amazon's. */
  readonly endpoint?: string;
  /** Where files are until they are sent. */
  readonly folder: string;
}

type Sdk = typeof import('@aws-sdk/client-s3');

interface Opened {
  readonly sdk: Sdk;
  readonly client: S3Client;
}

/** The SDK is read when it is first needed. It finds credentials itself: in the environment, in files, from the machine. */
async function open({ region, endpoint }: S3Options): Promise<Opened> {
  const sdk = await import('@aws-sdk/client-s3');
  const other = endpoint === undefined ? {} : { endpoint, forcePathStyle: true };
  const checksums = { requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' } as const;
  return { sdk, client: new sdk.S3Client({ region, ...other, ...checksums }) };
}

const isMissing = (fault: unknown): boolean => ['NoSuchKey', 'NotFound'].includes((fault as { name?: string }).name ?? '');

export function s3Storage(options: S3Options): BulkStorage {
  const { bucket: Bucket, prefix, folder } = options;
  const spool = localStorage(folder);
  let opening: Promise<Opened> | undefined;
  const opened = (): Promise<Opened> => (opening ??= open(options));
  const keyOf = (job: string, name: string): string => `${prefix}${job}/${name}`;

  const send = async (job: string, name: string, contentType: string, bytes: number): Promise<void> => {
    const { sdk, client } = await opened();
    const Body = createReadStream(join(folder, job, name));
    await client.send(new sdk.PutObjectCommand({ Bucket, Key: keyOf(job, name), Body, ContentLength: bytes, ContentType: contentType }));
    await rm(join(folder, job, name), { force: true });
  };

  const removeAll = async (job: string): Promise<void> => {
    const { sdk, client } = await opened();
    for (;;) {
      const { Contents = [] } = await client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: keyOf(job, '') }));
      const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
      if (Objects.length === 0) return;
      await client.send(new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    }
  };

  return {
    create: async (job, name, contentType): Promise<StorageWriter> => {
      const local = await spool.create(job, name, contentType);
      return {
        write: local.write,
        abort: local.abort,
        finish: async () => {
          const bytes = await local.finish();
          await send(job, name, contentType, bytes);
          return bytes;
        },
      };
    },
    read: async (job, name, { first, last }) => {
      const { sdk, client } = await opened();
      try {
        const found = await client.send(new sdk.GetObjectCommand({ Bucket, Key: keyOf(job, name), Range: `bytes=${first}-${last}` }));
        return found.Body as Readable;
      } catch (fault) {
        throw isMissing(fault) ? refusal('not-found', `The file ${name} is not there any more.`) : fault;
      }
    },
    remove: async (job) => {
      await spool.remove(job);
      await removeAll(job);
    },
  };
}
