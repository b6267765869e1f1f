import { scales } from '../../helpers/budgets/scales.ts'
import type { Distances } from '../../helpers/budgets/thresholds.ts'
import { statementOf } from './call-sites.ts'
import type { Proposal } from './proposal.ts'

/** A change that a spec needs. */
export interface SpecEdit {
  /** What it states. */
  readonly from: string
  /** What it must state, in words for the widest of several. */
  readonly to: (others: readonly SpecEdit[]) => string
  readonly needed: Distances
}

/** What a spec must state anew so that the proposed value can keep it; undefined where it can stay, and where nothing could. */
export function specEdit({ promised, limit, scale }: Proposal): SpecEdit | undefined {
  if (limit !== undefined) {
    if (limit.isKept && !limit.isFar) return undefined
    const needed = { tolerates: -limit.sound, catches: 0 }
    return {
      from: `requestsPerSecond: ${limit.stated}`,
      to: (others) => `requestsPerSecond: ${-widestOf([{ needed }, ...others], 'tolerates')}`,
      needed,
    }
  }
  const broken = promised.filter(({ isKept }) => !isKept)
  const statable = broken.flatMap(({ needed }) => (needed === undefined ? [] : { needed }))
  const [first] = broken
  if (first === undefined || statable.length < broken.length) return undefined
  const needed = { tolerates: widestOf(statable, 'tolerates'), catches: widestOf(statable, 'catches') }
  const inSpec = ({ tolerates, catches }: Distances): string => {
    const [one, other] = [tolerates, catches].map((distance) =>
      scale === 'bytes' ? String(distance) : `'${scales[scale].inWords(distance)}'`,
    )
    return `{ tolerates: ${one}, catches: ${other} }`
  }
  return {
    from: inSpec(first.stated),
    to: (others) => {
      const all = [{ needed }, ...others]
      return inSpec({ tolerates: widestOf(all, 'tolerates'), catches: widestOf(all, 'catches') })
    },
    needed,
  }
}

function widestOf(all: readonly { readonly needed: Distances }[], which: keyof Distances): number {
  return Math.max(...all.map(({ needed }) => needed[which]))
}

/** Where in a spec an edit is to be made. */
export interface EditLine {
  /** From 1. */
  readonly line: number
  /** Whether the thresholds stand there, and not in what the line names or spreads. */
  readonly isExact: boolean
}

/**
 * The line of a spec on which the thresholds of a place stand: within the call of the matcher; else where the file defines a
 * constant that it names, or the entry, only once; else that of the call.
 *
 * @param text Of the spec.
 * @param call Line of the matcher's call, from 1.
 */
export function editLine(text: string, call: number, place: string): EditLine {
  const lines = text.split('\n')
  const { entry } = statementOf(place) ?? {}
  // What states nothing by an entry has its thresholds in the call itself, or names them.
  const stated = entry === undefined ? /\btolerates\b/ : entryPattern(entry)
  const within = lines.slice(call - 1, endOfCall(lines, call)).findIndex((line) => stated.test(line))
  if (within >= 0) return { line: call + within, isExact: true }
  const named = entry ?? /,\s*(\w+)\s*\)/.exec(lines[call - 1] ?? '')?.[1]
  if (named !== undefined) {
    const constant = new RegExp(`\\bconst ${escaped(named)} =`)
    for (const pattern of [constant, entryPattern(named)]) {
      const defined = lines.flatMap((line, index) => (pattern.test(line) ? index + 1 : []))
      const [only] = defined
      if (only !== undefined && defined.length === 1) return { line: only, isExact: true }
    }
  }
  return { line: call, isExact: false }
}

/** An entry with a value, whether its name is quoted or not. */
function entryPattern(entry: string): RegExp {
  const name = escaped(entry)
  return new RegExp(`(?:^|[\\s{,])(?:'${name}'|"${name}"|${name}):`)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The last line of a call, from 1: where its brackets are closed. */
function endOfCall(lines: readonly string[], call: number): number {
  let depth = 0
  for (let line = call; line <= lines.length; line++) {
    for (const character of lines[line - 1] ?? '') {
      if ('({['.includes(character)) depth++
      if (')}]'.includes(character)) depth--
    }
    if (depth <= 0) return line
  }
  return call
}
