import { execFile } from 'node:child_process'

/** Ends a process that leads a group, with all that it has started. */
export function endGroup(leader: number): void {
  if (process.platform === 'win32') {
    execFile('taskkill', ['/pid', String(leader), '/t', '/f'], () => {
      // Its end is seen by who waits for it.
    })
    return
  }
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
