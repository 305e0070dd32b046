/** The settings of jobs that clients ask for, and of what they leave. */
import { setting } from './setting.ts';
import { duration, integer, text, webUrl } from './value.ts';

export const bulkSettings = {
  jobSlots: setting({
    name: 'JOB_SLOTS',
    group: 'database',
    kind: integer(0, 64),
    standard: '2',
    help: 'Jobs of clients, such as exports, that this process works at side by side; 0 leaves them to `anamnesis worker`.',
  }),
  jobRetention: setting({
    name: 'JOB_RETENTION',
    group: 'database',
    kind: duration(60, 30 * 86_400),
    standard: '24h',
    help: 'How long what came of a job of a client is kept, its files among it.',
  }),
  s3Bucket: setting({
    name: 'S3_BUCKET',
    group: 'database',
    kind: text,
    standard: undefined,
    help: 'Bucket for the files of jobs, instead of DATA_DIR; credentials as the AWS SDK finds them, such as AWS_ACCESS_KEY_ID.',
  }),
  s3Prefix: setting({
    name: 'S3_PREFIX',
    group: 'database',
    kind: text,
    standard: 'anamnesis/',
    help: 'Before the names of all files in the bucket.',
  }),
  s3Region: setting({ name: 'S3_REGION', group: 'database', kind: text, standard: 'us-east-1', help: 'Region of the bucket.' }),
  s3Endpoint: setting({
    name: 'S3_ENDPOINT',
    group: 'database',
    kind: webUrl,
    standard: undefined,
    help: 'URL of a store that speaks S3 and is not Amazon’s.',
  }),
  exportFileRows: setting({
    name: 'EXPORT_FILE_ROWS',
    group: 'database',
    kind: integer(1, 10_000_000),
    standard: undefined,
    help: 'Resources that an export reads in one step, and has in one file at most; without it 100,000 to 1,000,000, by how many there are.',
  }),
};
