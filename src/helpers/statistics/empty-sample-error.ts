/** A statistic was asked of fewer values than it needs; a value that does not exist is never reported as 0. */
export class EmptySampleError extends Error {
  readonly code = 'WIREGAUGE_EMPTY_SAMPLE'
  override readonly name = 'EmptySampleError'

  constructor(statistic: string, needed = 1) {
    super(`a ${statistic} needs at least ${needed} value${needed === 1 ? '' : 's'}`)
  }
}
