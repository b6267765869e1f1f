import type { LookupFunction } from 'node:net'
import type { Dispatcher } from 'undici'
import { Recent } from './recent.ts'
import type { Way } from './route.ts'

/** Socket paths and families. The pool of one that is dropped ends with its last connection, as idle ones do. */
const mostNames = 32

/**
 * Pools of the same kind but for where they connect to, each opened when it is first needed. Lookups are known by identity,
 * so that a pool belongs to each for as long as it is in use.
 */
export class PoolsByWay {
  readonly #open: (way: Way) => Dispatcher
  #straight: Dispatcher | undefined
  readonly #byLookup = new WeakMap<LookupFunction, Recent<number, Dispatcher>>()
  readonly #byName = new Recent<string, Dispatcher>(mostNames)

  constructor(open: (way: Way) => Dispatcher) {
    this.#open = open
  }

  for({ socketPath, lookup, family }: Way): Dispatcher {
    if (socketPath) return this.#named(`socket ${socketPath}`, { socketPath })
    if (lookup) return this.#lookedUp(lookup, family || 0)
    if (family) return this.#named(`family ${family}`, { family })
    this.#straight ??= this.#open({})
    return this.#straight
  }

  #named(name: string, way: Way): Dispatcher {
    return this.#byName.get(name) ?? this.#byName.set(name, this.#open(way))
  }

  #lookedUp(lookup: LookupFunction, family: number): Dispatcher {
    const known = this.#byLookup.get(lookup) ?? new Recent<number, Dispatcher>(mostNames)
    this.#byLookup.set(lookup, known)
    return known.get(family) ?? known.set(family, this.#open({ lookup, ...(family > 0 && { family }) }))
  }
}
