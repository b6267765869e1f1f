import { UsageError } from '../../helpers/budgets/usage-error.ts'
import { plainText } from '../../helpers/reports/plain-text.ts'
import { nearestOf } from '../../helpers/trees/nearest.ts'
import type { PublishedVersion } from '../../helpers/trees/published-versions.ts'

/** What is searched. */
export interface Candidates {
  /** In order; the first is the good end, the last the bad one. At least two. */
  readonly versions: readonly string[]
  /** How many lie between the ends and were left out. */
  readonly leftOut: { readonly prereleases: number; readonly deprecated: number }
}

export interface Range {
  readonly good: string
  readonly bad: string
  /** Whether pre-releases are searched, too. Default: no. */
  readonly prereleases?: boolean
  /** Whether deprecated versions are searched, too. Default: no. */
  readonly deprecated?: boolean
}

/**
 * The versions from the good to the bad end. The ends are asked for, so that they may be pre-releases and deprecated.
 *
 * @param published In order.
 * @throws {UsageError} for an end that was never published, and for ends that are the same or the wrong way round.
 */
export function candidatesOf(published: readonly PublishedVersion[], range: Range): Candidates {
  const { good, bad, prereleases = false, deprecated = false } = range
  const names = published.map(({ version }) => version)
  const [first, last] = [placeOf('--good', good, names), placeOf('--bad', bad, names)]
  if (first >= last) {
    throw new UsageError(
      `--good ${good} does not come before --bad ${bad}; expected an older version that is fast and a newer one that is slow`,
    )
  }
  const between = published.slice(first + 1, last)
  const early = between.filter((each) => !prereleases && each.prerelease)
  const withdrawn = between.filter((each) => !deprecated && each.deprecated !== undefined && !early.includes(each))
  const searched = between.filter((each) => !early.includes(each) && !withdrawn.includes(each))
  return {
    versions: [good, ...searched.map(({ version }) => version), bad],
    leftOut: { prereleases: early.length, deprecated: withdrawn.length },
  }
}

function placeOf(option: string, version: string, names: readonly string[]): number {
  const place = names.indexOf(version)
  if (place >= 0) return place
  const near = nearestOf(version, names).map(plainText).join(', ')
  throw new UsageError(
    `${option} ${plainText(version)} was never published${near === '' ? '' : `; versions like it: ${near}`}`,
  )
}
