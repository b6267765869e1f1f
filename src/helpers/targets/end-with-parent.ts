// Soon enough that no orphan disturbs the next measurement, rare enough to cost nothing.
const parentCheckMs = 500

/**
 * Has this process killed when its parent is gone; for a thread beside the main one, which may be in a loop that never
 * returns, so that it is not asked.
 *
 * @returns Ends the watch when cleared; it keeps no thread alive unless told to.
 */
export function endWithParent(): NodeJS.Timeout {
  const parent = process.ppid
  return setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent)) process.kill(process.pid, 'SIGKILL')
  }, parentCheckMs).unref()
}

/** Windows goes on giving the number of a parent that has ended. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
