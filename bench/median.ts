/** Times of runs that take turns in one process: neighbours and the collector of garbage meet all of them alike. */

/** Milliseconds of CPU. */
export function spent(run: () => void): number {
  const from = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The median of each run's CPU in milliseconds. */
export function inTurns(rounds: number, runs: readonly (() => void)[]): number[] {
  const times = Array.from({ length: rounds }, () => runs.map(spent));
  return runs.map((_, i) => median(times.map((row) => row[i] ?? 0)));
}
