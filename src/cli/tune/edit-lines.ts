import { readFileSync } from 'node:fs'
import path from 'node:path'
import { plainText } from '../../helpers/reports/plain-text.ts'
import type { OpenTuning } from './open-tuning.ts'
import type { Proposal } from './proposal.ts'
import { nameOf } from './proposal-text.ts'
import { editLine, type SpecEdit, specEdit } from './spec-edit.ts'

interface PlacedEdit extends SpecEdit {
  /** Such as `perf/axios.test.ts:57`. */
  readonly place: string
  readonly name: string
}

/** What is to be changed in the specs by hand, a line each place: thresholds that several tests share change for all of them. */
export function editLines(
  proposals: readonly Proposal[],
  { sites, project }: Pick<OpenTuning, 'sites' | 'project'>,
): readonly string[] {
  const edits = proposals.flatMap((proposal): PlacedEdit[] => {
    const edit = specEdit(proposal)
    return edit === undefined ? [] : [{ ...edit, name: nameOf(proposal), place: placeOf(proposal) }]
  })
  return [...Map.groupBy(edits, ({ place, from }) => `${place} ${from}`).values()].flatMap((same) => {
    const [first, ...others] = same
    if (first === undefined) return []
    return `edit ${first.place}: ${first.from} → ${first.to(others)} (${same.map(({ name }) => name).join('; ')})`
  })

  function placeOf(proposal: Proposal): string {
    const site = sites.of(proposal)
    if (site === undefined) return `the spec of ${nameOf(proposal)}`
    const { line, isExact } = editLine(readFileSync(site.file, 'utf8'), site.line, proposal.place)
    return `${plainText(path.relative(project.root, site.file))}:${line}${isExact ? '' : ', in what it names or spreads'}`
  }
}
