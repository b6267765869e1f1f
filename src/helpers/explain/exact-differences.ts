import type { ArmCounts, ArmHeaders } from '../measure/job.ts'

/** Something that was counted exactly, and differs. */
export interface ExactDifference {
  /** `connections for 1000 requests`, `header bytes`, `request bytes`, `response bytes`, or `request header NAME`. */
  readonly what: string
  readonly base: string
  readonly head: string
}

/** What was counted of one arm. */
export interface CountedArm {
  readonly counts: Pick<ArmCounts, 'requests' | 'connections' | 'bytesIn' | 'bytesOut'>
  /** Of one request; names in lower case. */
  readonly headers: ArmHeaders['headers']
}

/**
 * The differences between two arms that need no profile: connections, bytes of a request, of its header fields and of its
 * answer, and the fields themselves. Both arms have made equally many requests.
 */
export function exactDifferences(base: CountedArm, head: CountedArm): readonly ExactDifference[] {
  const counted = (what: string, figure: (arm: CountedArm) => number) =>
    difference(what, String(figure(base)), String(figure(head)))
  return [
    ...counted(`connections for ${base.counts.requests} requests`, ({ counts }) => counts.connections),
    // Whole: every request of an arm takes the same bytes, or the measurement is invalid.
    ...counted('request bytes', ({ counts }) => counts.bytesIn / counts.requests),
    ...counted('header bytes', headerBytes),
    ...counted('response bytes', ({ counts }) => counts.bytesOut / counts.requests),
    ...headerDifferences(base.headers, head.headers),
  ]
}

/**
 * As they go over the wire, `name: value` and a line break each; a character of them is a byte. The target puts the values of
 * a field that is sent twice into one line.
 */
function headerBytes({ headers }: CountedArm): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length + ': \r\n'.length, 0)
}

function headerDifferences(base: ArmHeaders['headers'], head: ArmHeaders['headers']): ExactDifference[] {
  const [before, after] = [new Map(base), new Map(head)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .flatMap((name) => difference(`request header ${name}`, before.get(name) ?? 'absent', after.get(name) ?? 'absent'))
}

function difference(what: string, base: string, head: string): ExactDifference[] {
  return base === head ? [] : [{ what, base, head }]
}
