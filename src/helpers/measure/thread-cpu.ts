/** CPU time of the calling thread so far, in milliseconds. */
export function threadCpuMs(): number {
  // The thread's time is brought up to date by reading the process's first; alone it is as old as the last tick.
  process.cpuUsage()
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e3
}
