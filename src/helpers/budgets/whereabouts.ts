/** What two runs have in common whose figures can be compared: a declared class does not say which Node runs. */
export interface Whereabouts {
  /** Class of the machine. */
  readonly machine: string
  /** Version of Node. */
  readonly node: string
  readonly flags: readonly string[]
}

/** A fact that differs between two places. */
export interface FactApart {
  readonly fact: 'machine' | 'Node' | 'flags'
  readonly one: string
  readonly other: string
}

/** What differs between two places; empty where nothing does. */
export function factsApart(one: Whereabouts, other: Whereabouts): readonly FactApart[] {
  const facts: readonly FactApart[] = [
    { fact: 'machine', one: one.machine, other: other.machine },
    { fact: 'Node', one: one.node, other: other.node },
    { fact: 'flags', one: one.flags.join(' '), other: other.flags.join(' ') },
  ]
  return facts.filter((each) => each.one !== each.other)
}
