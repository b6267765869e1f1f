import type { Job } from './job.ts'
import { MeasuringProcess } from './measuring-process.ts'
import type { RetentionReplicate } from './result.ts'

/**
 * Measures in one fresh process what the arms of a job leave behind.
 *
 * @throws {InvalidWorkError} when the work was not the work.
 */
export async function measureRetention(job: Job, signal: AbortSignal): Promise<RetentionReplicate> {
  await using measuring = await MeasuringProcess.prepare({ ...job, watchesSockets: true }, signal)
  const arms = await measuring.retention()
  const counts = await measuring.finish()
  return { seed: job.seed, arms, counts }
}
