/**
 * The measuring process. It is started by `measuring-process.ts` with fixed flags and an allow-listed environment, takes
 * one command at a time, and ends with its parent.
 */
import process from 'node:process'
import v8 from 'node:v8'
import { UsageError } from '../budgets/usage-error.ts'
import type { Client } from '../clients/contract.ts'
import { randomFrom } from '../statistics/random.ts'
import { startTarget } from '../targets/target.ts'
import { measureAllocation } from './allocation.ts'
import type { Progress } from './arm.ts'
import { closeArms, openArms } from './arms.ts'
import { measureBlocks } from './blocks.ts'
import { type AllocatedBytes, systemClock } from './clock.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { Answer, Command, Job } from './job.ts'
import { measureWindow } from './window.ts'

const clock = systemClock

const heapCounter = (): number | undefined => v8.getHeapStatistics().total_allocated_bytes
const allocatedBytes: AllocatedBytes = heapCounter() === undefined ? undefined : () => heapCounter() ?? 0

const progress: Progress = { phase: 'start', arm: '', beats: 0 }

function answer(message: Answer): void {
  process.send?.(message)
}

function invalid(error: unknown): void {
  if (error instanceof UsageError) {
    answer({ type: 'usage', reason: error.message })
    return
  }
  const reason =
    error instanceof InvalidWorkError
      ? error.message
      : `${progress.arm || 'measuring process'}: failed in ${progress.phase}: ${describe(error)}`
  answer({ type: 'invalid', reason })
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `rejected with ${String(error)}`
  const code = 'code' in error && !error.message.includes(String(error.code)) ? ` (${String(error.code)})` : ''
  return `${error.name}: ${error.message}${code}`
}

/** Looks every so many milliseconds whether anything has moved. */
const watchIntervalMs = 250

/** Says so when nothing has moved for the time that one request may take. */
function watch(job: Job): NodeJS.Timeout {
  let seen = -1
  let since = clock.now()
  return setInterval(() => {
    if (progress.phase === 'idle' || progress.beats !== seen) {
      seen = progress.beats
      since = clock.now()
    } else if (clock.now() - since > job.requestTimeoutMs) {
      const seconds = job.requestTimeoutMs / 1e3
      const what =
        progress.phase === 'close'
          ? `close has not settled for ${seconds} s`
          : `no answer for ${seconds} s in ${progress.phase}`
      invalid(new InvalidWorkError(`${progress.arm || 'measuring process'}: hung: ${what}`))
    }
  }, watchIntervalMs)
}

async function prepare(job: Job) {
  const random = randomFrom(job.seed)
  const target = await startTarget({ ports: job.arms.length, endWithParent: true })
  const watching = watch(job)
  const module = (await import(job.client.module)) as Record<string, Client | undefined>
  const client = module[job.client.exportName]
  if (client === undefined) {
    throw new UsageError(
      `${job.client.module} has no export named ${job.client.exportName}; defineClient is told the name under which its ` +
        'module exports the client',
    )
  }
  const arms = await openArms(client, job, target, random, progress)

  const meters = {
    clock,
    allocatedBytes,
    random,
    progress,
    target: () => target.snapshot(),
    processCpuMs: () => sum(process.cpuUsage()) / 1e3,
    threadCpuMs: () => {
      // The thread's time is brought up to date by reading the process's first; alone it is as old as the last tick.
      process.cpuUsage()
      return sum(process.threadCpuUsage()) / 1e3
    },
  }
  const measuring = {
    blocks: (durationMs: number) => measureBlocks(arms, job.scenario, durationMs, meters),
    window: (span: { rampMs: number; durationMs: number }) => {
      const [arm] = arms
      if (arm === undefined) throw new InvalidWorkError('there is no arm to measure')
      return measureWindow(arm, job.scenario.inFlight, span, meters)
    },
    allocation: () => measureAllocation(arms, job.scenario, meters),
    finish: async () => {
      const counts = await closeArms(client, job, arms, target, progress)
      clearInterval(watching)
      await target[Symbol.asyncDispose]()
      return counts
    },
  }
  if (job.warmUp.by === 'batches') await measuring.blocks(job.warmUp.durationMs * arms.length)
  else await measuring.window({ rampMs: 0, durationMs: job.warmUp.durationMs })
  return measuring
}

const sum = ({ user, system }: NodeJS.CpuUsage): number => user + system

let prepared: Awaited<ReturnType<typeof prepare>> | undefined

async function obey(command: Command): Promise<void> {
  if (command.type === 'prepare') {
    prepared = await prepare(command.job)
    answer({ type: 'ready' })
  } else if (prepared === undefined) throw new InvalidWorkError(`nothing is prepared for ${command.type}`)
  else if (command.type === 'blocks') answer({ type: 'blocks', blocks: await prepared.blocks(command.durationMs) })
  else if (command.type === 'window') answer({ type: 'window', window: await prepared.window(command) })
  else if (command.type === 'allocation') answer({ type: 'allocation', arms: await prepared.allocation() })
  else answer({ type: 'finished', counts: await prepared.finish() })
  progress.phase = 'idle'
}

process.on('message', (command: Command) => obey(command).catch(invalid))
process.on('unhandledRejection', invalid)
process.on('uncaughtException', invalid)
process.on('disconnect', () => process.exit())
// Ctrl-C in a terminal reaches the whole process group; the parent ends this process when it has noted what it has.
process.on('SIGINT', () => {})
