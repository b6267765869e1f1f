/**
 * Whether a Node can measure, and run the package: it reads TypeScript, in which clients and specs are written, by itself from
 * 22.18 and 23.6 on, and tells the CPU time of threads apart from 22.19 and 23.9 on
 * (https://nodejs.org/api/process.html#processthreadcpuusagepreviousvalue). Bytes allocated are told from 26 on only, and
 * absent from the results before.
 *
 * @param version Without the `v`.
 */
export function canMeasure(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major >= 24 || (major === 23 && minor >= 9) || (major === 22 && minor >= 19)
}

/** Whether the V8 of a Node tells how many bytes were allocated; the other ones measure everything but that. */
export function tellsAllocatedBytes(version: string): boolean {
  return Number.parseInt(version, 10) >= 26
}
