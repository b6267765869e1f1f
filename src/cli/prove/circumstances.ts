import { readFileSync } from 'node:fs'
import path from 'node:path'
import { measuringFlags } from '../../helpers/measure/environment.ts'
import { thisMachine } from '../../helpers/measure/machine.ts'
import { packageClosure } from '../../helpers/trials/package-closure.ts'
import type { Circumstances } from './proof.ts'

/**
 * What trials are made under here and now.
 *
 * @param libraries Packages of the clients; what they need counts as well.
 * @param root Folder in which they are installed.
 */
export function circumstancesHere(libraries: readonly string[], root: string): Circumstances {
  const places = packageClosure(libraries, root)
  return {
    machine: thisMachine(),
    flags: measuringFlags,
    packages: Object.fromEntries(places.map((place) => [place, versionAt(path.join(root, place))])),
  }
}

function versionAt(folder: string): string {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version?: string }
  return version ?? 'no version'
}

/** What differs, in words; nothing where trials may be counted together. */
export function differencesOf(there: Circumstances, here: Circumstances): readonly string[] {
  const facts = [
    ['machine', there.machine.class, here.machine.class],
    ['Node', there.machine.node, here.machine.node],
    ['flags', there.flags.join(' '), here.flags.join(' ')],
    ...[...new Set([...Object.keys(there.packages), ...Object.keys(here.packages)])].map(
      (place) =>
        [
          place.replace(/^node_modules\//, ''),
          there.packages[place] ?? 'none',
          here.packages[place] ?? 'none',
        ] as const,
    ),
  ] as const
  return facts.flatMap(([fact, one, other]) => (one === other ? [] : [`${fact} ${one}, here ${other}`]))
}
