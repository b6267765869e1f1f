import { UsageError } from '../../../helpers/budgets/usage-error.ts'
import type { LockEntry } from '../../../helpers/trees/lock-entry.ts'
import type { Lock } from '../../../helpers/trees/moved-lock.ts'
import { parseTarget } from '../../compare/target.ts'

/** A package in the exact version that the reference is to have. */
export interface AskedReference {
  readonly name: string
  readonly version: string
}

/** @throws {UsageError} for anything but a package with an exact version. */
export function askedReference(text: string): AskedReference {
  const target = parseTarget(text)
  if (target.kind === 'version' && /^\d+\.\d+\.\d+/.test(target.version)) {
    return { name: target.package, version: target.version }
  }
  throw new UsageError(
    `${JSON.stringify(text)} is no reference: expected a package with its exact version, as in axios@1.20.0`,
  )
}

/** As it was asked for. */
export function askedText(asked: readonly AskedReference[]): string {
  return asked.map(({ name, version }) => `${name}@${version}`).join(', ')
}

/** What a reference asks for. */
export function dependenciesIn({ packages }: Lock): readonly string[] {
  return Object.keys(packages['']?.dependencies ?? {})
}

/**
 * What a reference is to ask for of each package that moves: its version, under an alias that of the package it stands for.
 *
 * @throws {UsageError} for a package that the reference has not, and for a version that the project has not.
 */
export function specsOf(
  asked: readonly AskedReference[],
  reference: Lock,
  project: Lock,
): Readonly<Record<string, string>> {
  const held = dependenciesIn(reference)
  return Object.fromEntries(
    asked.map(({ name, version }) => {
      if (!held.includes(name)) {
        throw new UsageError(`the reference has no ${name}; it has ${held.join(', ') || 'nothing'}`)
      }
      const own: (LockEntry & { readonly name?: string }) | undefined = project.packages[`node_modules/${name}`]
      if (own?.version === version) return [name, own.name === undefined ? version : `npm:${own.name}@${version}`]
      const has = own?.version === undefined ? `no ${name}` : `${name} ${own.version}`
      throw new UsageError(
        `the project has ${has}, and a reference moves to what the project has; run \`npm install ${name}@${version}\` ` +
          'first, or move it to what is there',
      )
    }),
  )
}
