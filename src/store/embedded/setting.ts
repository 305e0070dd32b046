/**
 * Settings of the embedded PostgreSQL, tuned for one small machine of 2 to 8 cores.
 * https://www.postgresql.org/docs/18/runtime-config.html
 */

const tuned = {
  max_connections: '60',
  shared_buffers: '192MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '96MB',
  random_page_cost: '1.1',
  jit: 'off',
  max_worker_processes: '8',
  max_parallel_workers_per_gather: '1',
  io_workers: '2',
  // Checkpoints far apart: fewer whole-page images in the log for the same writes.
  max_wal_size: '2GB',
  min_wal_size: '128MB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  // One node keeps no standby: the log holds no more than crash recovery needs.
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_buffers: '16MB',
  autovacuum: 'on',
  autovacuum_naptime: '30s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Logs tell of trouble and never quote values: those are patient data.
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  logging_collector: 'off',
} as const;

const safe = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' } as const;
/** Tests start many servers side by side. */
const throwaway = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  autovacuum: 'off',
  max_connections: '300',
} as const;

/** `-c name=value` arguments; `lasting` false gives up safety against power loss for speed (tests). */
export function settingArguments(lasting: boolean, where: Readonly<Record<string, string>>): string[] {
  const settings = { ...tuned, ...(lasting ? safe : throwaway), ...where };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
