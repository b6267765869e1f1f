import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { editedJson } from '../../../helpers/reports/edited-json.ts'
import { objectIn } from '../detect/object-in.ts'
import { joinedPlans, nothing, type Planned } from './change.ts'

/** Files that Renovate reads, of which it takes the first. */
const renovateFiles = [
  'renovate.json',
  'renovate.json5',
  '.github/renovate.json',
  '.github/renovate.json5',
  '.gitlab/renovate.json',
  '.gitlab/renovate.json5',
  '.renovaterc',
  '.renovaterc.json',
  '.renovaterc.json5',
]

/**
 * Paths that Renovate's `:ignoreModulesAndTests` leaves out, which `config:recommended` has: an `ignorePaths` of one's own takes
 * their place (https://docs.renovatebot.com/presets-default/).
 */
const presetPaths = [
  '**/node_modules/**',
  '**/bower_components/**',
  '**/vendor/**',
  '**/examples/**',
  '**/__tests__/**',
  '**/test/**',
  '**/tests/**',
  '**/__fixtures__/**',
]

/**
 * Has the bots that a repository has leave the frozen reference alone: an update of it would take the measure away that the
 * updated client is held against. Bots that it has not are not brought in.
 *
 * @param top Of the repository, where their files are.
 * @param reference Folder of the reference from there: `perf/reference`.
 */
export function withBotRules(top: string, reference: string): Planned {
  return joinedPlans([withRenovateRule(top, reference), withDependabotRule(top, reference)])
}

function withRenovateRule(top: string, reference: string): Planned {
  const rule = `${reference}/**`
  const name = renovateFiles.find((each) => existsSync(path.join(top, each)))
  if (name === undefined) return withPackageRule(top, rule)
  const file = path.join(top, name)
  const before = readFileSync(file, 'utf8')
  const settings: RenovateSettings | undefined = objectIn(before)
  if (settings === undefined) return byHand(`${name} is no plain JSON: add "${rule}" to its ignorePaths yourself`)
  if (leavesAlone(settings, rule)) return nothing
  return {
    changes: [{ file, before, text: editedJson(before, { ...settings, ...ruleBeside(settings, rule) }) }],
    notes: [],
  }
}

/** What is read of Renovate's settings, by whoever wrote them. */
interface RenovateSettings {
  readonly extends?: unknown
  readonly ignorePaths?: unknown
  readonly packageRules?: unknown
}

/** Renovate reads the manifest last. Its edit is that of the scripts. */
function withPackageRule(top: string, rule: string): Planned {
  const file = path.join(top, 'package.json')
  const manifest: { readonly renovate?: RenovateSettings | null } =
    (existsSync(file) ? objectIn(readFileSync(file, 'utf8')) : undefined) ?? {}
  return !manifest.renovate || leavesAlone(manifest.renovate, rule)
    ? nothing
    : byHand(`add "${rule}" to the ignorePaths of "renovate" in package.json yourself`)
}

function leavesAlone({ ignorePaths, packageRules }: RenovateSettings, rule: string): boolean {
  return (
    listOf(ignorePaths).includes(rule) ||
    listOf(packageRules).some((each) =>
      listOf((each as { matchFileNames?: unknown } | null)?.matchFileNames).includes(rule),
    )
  )
}

/** A list of paths takes the place of that of presets, and what those of others have is not known: rules add to them. */
function ruleBeside({ ignorePaths, extends: presets, packageRules }: RenovateSettings, rule: string): RenovateSettings {
  const names = listOf(presets).map(String)
  if (Array.isArray(ignorePaths)) return { ignorePaths: [...ignorePaths, rule] }
  if (names.every((each) => each.startsWith('config:'))) {
    return { ignorePaths: [...(names.length > 0 ? presetPaths : []), rule] }
  }
  return { packageRules: [...listOf(packageRules), { matchFileNames: [rule], enabled: false }] }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function byHand(note: string): Planned {
  return { changes: [], notes: [note] }
}

/** Said wherever there is a rule for Dependabot: https://github.com/dependabot/dependabot-core/issues/14408 */
const security = 'Dependabot asks for security updates of excluded paths all the same; close those of the reference'

/**
 * `exclude-paths` of every npm entry whose folder the reference is in; the paths are from that folder
 * (https://docs.github.com/en/code-security/reference/supply-chain-security/dependabot-options-reference#exclude-paths-).
 */
function withDependabotRule(top: string, reference: string): Planned {
  const name = ['.github/dependabot.yml', '.github/dependabot.yaml'].find((each) => existsSync(path.join(top, each)))
  if (name === undefined) return nothing
  const file = path.join(top, name)
  const before = readFileSync(file, 'utf8')
  const lines = before.split('\n')
  const bare = lines.map((line) => line.replace(/(^|\s)#.*$/, '$1'))
  const starts = bare.flatMap((line, place) => (/^\s*-\s/.test(line) ? place : []))
  const entries = starts.flatMap((start, each) => {
    const indent = /^\s*-\s+/.exec(bare[start] ?? '')?.[0].length ?? 0
    const end = starts.slice(each + 1).find((other) => indentOf(bare[other]) < indent) ?? lines.length
    return npmEntry(bare.slice(start, end), indent, reference, start) ?? []
  })
  // YAML can be written in more ways than are read here.
  const all = bare.join('\n').match(/package-ecosystem["']?\s*:\s*["']?npm\b/g) ?? []
  if (entries.length < all.length || entries.some(({ rule }) => rule === undefined)) {
    return byHand(
      `add exclude-paths: ["${reference}/**"] to the npm entries of ${name} yourself; the path is from their directory`,
    )
  }
  for (const { at, rule = [] } of entries.toReversed()) lines.splice(at, 0, ...rule)
  const text = lines.join('\n')
  return text === before ? nothing : { changes: [{ file, before, text }], notes: [security] }
}

interface NpmEntry {
  /** Line before which its rule goes. */
  readonly at: number
  /** Lines; none where it needs no rule, undefined where it is not written so that lines can be put into it. */
  readonly rule: readonly string[] | undefined
}

function npmEntry(entry: readonly string[], indent: number, reference: string, start: number): NpmEntry | undefined {
  const value = (key: string): string | undefined =>
    entry
      .map((line) => new RegExp(`^\\s*(?:-\\s+)?${key}:\\s*(.*?)\\s*$`).exec(line)?.[1]?.replace(/^["']|["']$/g, ''))
      .find((each) => each !== undefined)
  if (value('package-ecosystem') !== 'npm') return undefined
  const at = start + 1
  const folder = value('directory')?.replace(/^\/+|\/+$/g, '')
  if (folder === undefined || folder.includes('*')) return { at, rule: undefined }
  const within = folder === '' ? reference : path.posix.relative(folder, reference)
  if (within.startsWith('..') || entry.some((line) => line.includes(`${within}/**`))) return { at, rule: [] }
  const spaces = ' '.repeat(indent)
  const rule = [`${spaces}exclude-paths:`, `${spaces}  - "${within}/**"`]
  return { at, rule: value('exclude-paths') === undefined ? rule : undefined }
}

function indentOf(line: string | undefined): number {
  return /^\s*/.exec(line ?? '')?.[0].length ?? 0
}
