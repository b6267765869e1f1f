import { factsApart, type Whereabouts } from '../../helpers/budgets/whereabouts.ts'
import { shellWord } from '../../helpers/reports/shell-text.ts'

/** Something that was measured somewhere. */
interface Placed {
  readonly whereabouts: Whereabouts
}

/** Runs of one machine class, one Node and one set of flags, in their order. */
interface OneMachine<Run> {
  /** Such as `github-ubuntu-24.04-x64, Node 26.10.0`. */
  readonly name: string
  readonly whereabouts: Whereabouts
  readonly runs: readonly Run[]
  /** How `--machine` asks for it: its class, where that tells it from the others, else its name. */
  readonly asked: string
}

/** Runs of the machine that is asked for, and those of every other. */
export interface ByMachine<Run> {
  readonly taken: readonly Run[]
  readonly others: readonly OneMachine<Run>[]
}

/**
 * Groups runs by where they were measured, so that figures of two machines are never mixed, and takes those of one.
 *
 * @param runs The oldest first.
 * @param machine Class or name of the machine that is asked for. Of several Nodes of a class it is the one of this process, else
 * that of the newest run. Default: where this process runs.
 */
export function byMachine<Run extends Placed>(
  runs: readonly Run[],
  here: Whereabouts,
  machine?: string,
): ByMachine<Run> {
  const machines = machinesOf(runs, here)
  const isOn = (name: string, { whereabouts }: OneMachine<Run>): boolean =>
    factsApart(whereabouts, { ...here, machine: name }).length === 0
  const asked = machines.filter(({ name, whereabouts }) => [name, whereabouts.machine].includes(machine ?? ''))
  const taken =
    machine === undefined
      ? machines.find((each) => isOn(here.machine, each))
      : (asked.find((each) => isOn(machine, each)) ?? asked.at(-1))
  return { taken: taken?.runs ?? [], others: machines.filter((each) => each !== taken) }
}

/** Every machine by itself, that with the newest run last. */
function machinesOf<Run extends Placed>(runs: readonly Run[], here: Whereabouts): readonly OneMachine<Run>[] {
  const groups = [...Map.groupBy(runs, ({ whereabouts }) => JSON.stringify(whereabouts)).values()]
  const byNewest = groups.toSorted((one, other) => runs.indexOf(one.at(-1) as Run) - runs.indexOf(other.at(-1) as Run))
  const classes = byNewest.flatMap(([first]) => first?.whereabouts.machine ?? [])
  return byNewest.flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { whereabouts } = first
    const isOnlyOne = classes.filter((each) => each === whereabouts.machine).length === 1
    const name = nameOf(whereabouts, here)
    return { name, whereabouts, runs: group, asked: isOnlyOne ? whereabouts.machine : name }
  })
}

/** A class that nobody declared names its Node. Flags are named where they are not those of this process. */
function nameOf({ machine, node, flags }: Whereabouts, here: Whereabouts): string {
  const named = `Node ${node}`
  const own = flags.join(' ') === here.flags.join(' ') ? [] : [`flags ${flags.join(' ') || 'none'}`]
  return [machine, ...(machine.endsWith(named) ? [] : [named]), ...own].join(', ')
}

/** Runs of another machine in words, with how to tune by them. */
export function othersLine({ name, runs: { length }, asked }: OneMachine<unknown>): string {
  const [runs, them] = length === 1 ? ['run', 'it'] : ['runs', 'them']
  return `${length} ${runs} of ${name}; --machine ${shellWord(asked)} tunes by ${them}`
}
