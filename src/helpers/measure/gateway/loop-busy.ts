/**
 * How busy the event loop of this thread is. A loop that is blocked, or that waits for a core, is busy as well, which the CPU
 * time of its thread does not show.
 *
 * @returns Reads the share of the time since the call in which the loop did not wait for events, 0 to 1.
 */
export function loopBusy(): () => number {
  const begin = performance.eventLoopUtilization()
  return () => performance.eventLoopUtilization(begin).utilization
}
