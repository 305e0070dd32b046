/** What a test costs, in milliseconds of this process's CPU: unlike the time that passes, it hardly depends on what else the machine does. */
export function cpuClock(): () => number {
  const from = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  };
}
