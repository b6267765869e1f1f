import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import { UsageError } from '../budgets/usage-error.ts'
import { measuringEnvironment } from './environment.ts'
import type { Job } from './job.ts'
import { canMeasure } from './measuring-node.ts'

/**
 * The binary that a job's process is started with: that of its arms, or the one of this process.
 *
 * @throws {UsageError} when its arms want different ones, or it cannot run a measuring process.
 */
export async function nodeOf({ arms }: Pick<Job, 'arms'>): Promise<string> {
  const [own = process.execPath, ...others] = new Set(arms.map(({ execPath }) => execPath ?? process.execPath))
  if (others.length > 0) {
    throw new UsageError(
      `arms under ${[own, ...others].join(' and ')} cannot share a process; give each arm a process of its own`,
    )
  }
  if (own !== process.execPath) requireMeasuringNode(await versionOf(own), own)
  return own
}

/**
 * @param version Without the `v`.
 * @throws {UsageError} when a Node of this version cannot run a measuring process.
 */
export function requireMeasuringNode(version: string, execPath: string): void {
  if (canMeasure(version)) return
  throw new UsageError(
    `${execPath} is Node ${version}, which cannot run a measuring process: it has to be 22.19 or newer, of 23 at least 23.9. ` +
      'Compare with a newer version.',
  )
}

async function versionOf(execPath: string): Promise<string> {
  const env = measuringEnvironment(process.env)
  const { stdout } = await promisify(execFile)(execPath, ['--print', 'process.versions.node'], { env }).catch(
    (cause) => {
      const said = cause instanceof Error ? cause.message : String(cause)
      throw new UsageError(`${execPath} does not run as Node: ${said.trim()}. Give the path of a Node binary.`, {
        cause,
      })
    },
  )
  return stdout.trim()
}
