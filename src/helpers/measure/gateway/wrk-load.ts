import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { UsageError } from '../../budgets/usage-error.ts'
import { systemClock } from '../clock.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import type { LoadFigures, LoadPlan, LoadTool } from './load-tool.ts'

const run = promisify(execFile)

const summaryScript = fileURLToPath(new URL('./wrk-summary.lua', import.meta.url))

/**
 * Version of wrk on this machine, such as `4.1.0`.
 *
 * @throws {UsageError} where it is not installed.
 */
export async function wrkVersion(): Promise<string> {
  try {
    // It prints its version and ends with code 1.
    const printed = await run('wrk', ['-v']).catch((error: { stdout?: string; code?: unknown }) => {
      if (typeof error.code === 'number') return { stdout: error.stdout ?? '' }
      throw error
    })
    return /wrk (?:debian\/)?(?<version>\S+)/.exec(printed.stdout)?.groups?.['version'] ?? 'of unknown version'
  } catch (cause) {
    throw new UsageError(
      'wrk cannot be started; install it (`apt-get install wrk`, `brew install wrk`), or load by autocannon',
      { cause },
    )
  }
}

/**
 * The shell tells the CPU time of what it has waited for (`times`, POSIX), which Node cannot; in shares of a second that is
 * a per cent.
 */
const timing = '"$@"; code=$?; times; exit "$code"'

/**
 * A gateway that is blocked may read its clocks late. The load stays on for so long after the window, so that they are still
 * those of a loaded gateway.
 */
const marginSeconds = 2

/** Has wrk load a route, with one thread. It knows whole seconds only, and what is metered lies within them. */
export const loadByWrk: LoadTool = async ({ url, requestTimeoutMs }, plan) => {
  const { connections, rampMs, windowMs } = plan
  const { now, sleep } = systemClock
  const seconds = Math.ceil((rampMs + windowMs) / 1e3) + marginSeconds
  const timeoutSeconds = Math.ceil(requestTimeoutMs / 1e3)
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', `${timeoutSeconds}s`, '-s', summaryScript]
  // Elsewhere a number may have a comma.
  const env = { ...process.env, LC_ALL: 'C' }
  const ended = run('sh', ['-c', timing, 'sh', 'wrk', ...options, url], { env }).then(
    ({ stdout }) => ({ stdout, at: now() }),
    (cause: Error & { stderr?: string }) => {
      throw new InvalidWorkError(`wrk failed: ${cause.stderr?.trim() || cause.message}`, { cause })
    },
  )
  // Waited for at the end.
  ended.catch(() => {})
  await sleep(rampMs)
  const begunAt = now()
  return {
    meterMs: windowMs,
    async end(meteredMs) {
      const { stdout, at } = await ended
      const loadedMs = at - begunAt
      if (meteredMs > loadedMs) {
        const [metered, loaded] = [meteredMs, loadedMs].map(Math.round)
        throw new InvalidWorkError(`the gateway was metered for ${metered} ms, and wrk loaded it for ${loaded} ms`)
      }
      return figuresIn(stdout, plan)
    },
  }
}

/**
 * Reads what wrk, its script and the shell have printed. wrk does not look at bodies; but as every reply has as many bytes as
 * the checked one, all of them must have so many, and perhaps the beginnings of those that it did not wait for.
 *
 * @throws {InvalidWorkError} when they have not.
 */
export function figuresIn(printed: string, { connections, wireBytes }: LoadPlan): LoadFigures {
  const counted = /^wiregauge (?<counts>[\d ]+)$/m.exec(printed)?.groups?.['counts']?.split(' ').map(Number)
  const times = [...printed.matchAll(/^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/gm)].at(-1)
  if (counted?.length !== 6 || times === undefined) {
    throw new InvalidWorkError(`wrk printed no figures: ${JSON.stringify(printed.slice(-200))}`)
  }
  const [us, replies, bytes, connectionErrors, statusErrors, timeouts] = counted as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const [userMinutes = 0, user = 0, systemMinutes = 0, system = 0] = times.slice(1).map(Number)
  const cpuMs = ((userMinutes + systemMinutes) * 60 + user + system) * 1e3
  const durationMs = us / 1e3
  const least = replies * wireBytes
  if (statusErrors === 0 && connectionErrors === 0 && (bytes < least || bytes > least + connections * wireBytes)) {
    throw new InvalidWorkError(
      `${replies} replies took ${bytes} bytes, so many like the checked one take ${least}, or up to ${connections} more`,
    )
  }
  return {
    requests: replies - statusErrors,
    durationMs,
    generatorBusy: cpuMs / durationMs,
    statusErrors,
    timeouts,
    connectionErrors,
  }
}
