/**
 * The measuring process. It is started by `measuring-process.ts` with fixed flags and an allow-listed environment, takes
 * one command at a time, and ends with its parent.
 */
import process from 'node:process'
import type { Progress } from './arm.ts'
import { failureOf } from './failure.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { Answer, Command } from './job.ts'
import { obeyParent } from './obey-parent.ts'
import { type Prepared, prepare } from './prepared.ts'

const progress: Progress = { phase: 'start', arm: '', beats: 0 }

function answer(message: Answer): void {
  process.send?.(message)
}

function invalid(error: unknown): void {
  answer(failureOf(error, `${progress.arm || 'measuring process'}: failed in ${progress.phase}`))
}

let prepared: Prepared | undefined

async function obey(command: Command): Promise<void> {
  if (command.type === 'prepare') {
    prepared = await prepare(command.job, progress, (reason) => answer({ type: 'invalid', reason }))
    answer({ type: 'ready' })
  } else if (prepared === undefined) throw new InvalidWorkError(`nothing is prepared for ${command.type}`)
  else if (command.type === 'blocks') answer({ type: 'blocks', blocks: await prepared.blocks(command.durationMs) })
  else if (command.type === 'window') answer({ type: 'window', window: await prepared.window(command) })
  else if (command.type === 'allocation') answer({ type: 'allocation', arms: await prepared.allocation(command) })
  else if (command.type === 'buffers') answer({ type: 'buffers', arms: await prepared.buffers() })
  else if (command.type === 'totals') answer({ type: 'totals', arms: await prepared.totals(command) })
  else if (command.type === 'retention') answer({ type: 'retention', arms: await prepared.retention() })
  else if (command.type === 'ownRetention') answer({ type: 'ownRetention', retention: await prepared.ownRetention() })
  else if (command.type === 'headers') answer({ type: 'headers', arms: await prepared.headers() })
  else if (command.type === 'profile') answer({ type: 'profile', profile: await prepared.profile(command) })
  else answer({ type: 'finished', counts: await prepared.finish() })
  progress.phase = 'idle'
}

obeyParent(obey, invalid)
