import type { StatedEntry } from '../texts/spec.ts'

/** The first Node whose V8 tells allocated bytes. */
const allocationNode = 26

/**
 * What a spec states before anything is measured; widened as far as the scatter asks for. A client that is 10 % slower is to go
 * red, and what is tolerated leaves room for the scatter of a busy machine.
 *
 * @param hasReference Whether there is code to compare with.
 */
export function draftFor(hasReference: boolean): readonly StatedEntry[] {
  const reference = { place: 'reference', tolerates: '2 %', catches: '8 %' }
  const control = { place: 'against/http', tolerates: '20 %', catches: '30 %' }
  const allocation = { place: 'allocatedBytesPerRequest', tolerates: '3 %', catches: '6 %' }
  const tellsAllocation = Number.parseInt(process.versions.node, 10) >= allocationNode
  return [...(hasReference ? [reference] : []), control, ...(hasReference && tellsAllocation ? [allocation] : [])]
}
