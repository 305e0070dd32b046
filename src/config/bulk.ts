/** The settings of jobs that clients ask for, and of what they leave. */
import { setting } from './setting.ts';
import { duration, integer } from './value.ts';

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
  exportFileRows: setting({
    name: 'EXPORT_FILE_ROWS',
    group: 'database',
    kind: integer(1, 10_000_000),
    standard: undefined,
    help: 'Resources that an export reads in one step, and has in one file at most; without it 200,000 to 1,000,000, by how many there are.',
  }),
};
