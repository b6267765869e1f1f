import path from 'node:path'
import { UsageError } from '../../helpers/budgets/usage-error.ts'
import type { ChartGroup } from '../../helpers/reports/html/chart-groups.ts'
import type { PageContent } from '../../helpers/reports/html/page.ts'
import { threeWayGroups } from '../../helpers/reports/html/three-way-groups.ts'
import { plainText } from '../../helpers/reports/plain-text.ts'
import { readProof } from '../prove/proof-file.ts'
import { proofGroups } from './proof-groups.ts'
import { readThreeWay } from './three-way-file.ts'

/** Whose asides these are. */
interface Report {
  /** Folder of the project's reports. */
  readonly reports: string
  /** Machines that the report is about. */
  readonly machines: readonly string[]
  /** Told of files that cannot be read: the results are none the worse for it. */
  readonly say: (message: string) => void
}

/** What stands on the page beside the results of runs: other measurements that were made in the project. */
export function asides({ reports, machines, say }: Report): Pick<PageContent, 'threeWay' | 'proof'> {
  return {
    threeWay: readable(() => {
      const record = readThreeWay(path.join(reports, 'three-way.json'))
      return record === undefined ? [] : threeWayGroups(record)
    }),
    proof: readable(() => proofGroups(readProof(path.join(reports, 'proof.json')), machines)),
  }

  function readable(read: () => readonly ChartGroup[]): readonly ChartGroup[] {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      say(`left out: ${plainText(error.message)}`)
      return []
    }
  }
}
