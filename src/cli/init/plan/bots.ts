import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { editedJson } from '../../../helpers/reports/edited-json.ts'
import { joinedPlans, nothing, type Planned } from './change.ts'

/** Files that Renovate reads, of which it takes the first. */
const renovateFiles = [
  'renovate.json',
  'renovate.json5',
  '.github/renovate.json',
  '.github/renovate.json5',
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
  const name = renovateFiles.find((each) => existsSync(path.join(top, each)))
  if (name === undefined) return nothing
  const rule = `${reference}/**`
  const file = path.join(top, name)
  const before = readFileSync(file, 'utf8')
  const settings = objectIn(before)
  const told = { changes: [], notes: [`${name} is no plain JSON: add "${rule}" to its ignorePaths yourself`] }
  if (settings === undefined) return told
  const { ignorePaths, extends: presets } = settings
  const own = Array.isArray(ignorePaths) ? ignorePaths : undefined
  if (own?.includes(rule)) return nothing
  const isPreset = Array.isArray(presets) && presets.some((each) => /^config:/.test(String(each)))
  const paths = [...(own ?? (isPreset ? presetPaths : [])), rule]
  return { changes: [{ file, before, text: editedJson(before, { ...settings, ignorePaths: paths }) }], notes: [] }
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
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
  if (before.includes(reference)) return nothing
  const lines = before.split('\n')
  const starts = lines.flatMap((line, place) => (/^\s*-\s/.test(line) ? place : []))
  const inserts = starts.flatMap((start, each) => {
    const indent = /^\s*-\s+/.exec(lines[start] ?? '')?.[0].length ?? 0
    const end = starts.slice(each + 1).find((other) => indentOf(lines[other]) < indent) ?? lines.length
    return entryRule(lines.slice(start, end), indent, reference, start) ?? []
  })
  const isClear = inserts.length > 0 && inserts.every(({ clear }) => clear)
  if (!isClear) {
    const rule = `exclude-paths: ["${reference}/**"]`
    return inserts.length === 0
      ? nothing
      : { changes: [], notes: [`add ${rule} to the npm entries of ${name} yourself`] }
  }
  for (const { at, text } of inserts.toReversed()) lines.splice(at, 0, ...text)
  return { changes: [{ file, before, text: lines.join('\n') }], notes: [security] }
}

interface RuleInsert {
  /** Line before which it goes. */
  readonly at: number
  readonly text: readonly string[]
  /** Whether the entry is written so that lines can be put into it. */
  readonly clear: boolean
}

function entryRule(entry: readonly string[], indent: number, reference: string, start: number): RuleInsert | undefined {
  const value = (key: string): string | undefined =>
    entry
      .map((line) =>
        new RegExp(`^\\s*(?:-\\s+)?${key}:\\s*(.*?)\\s*(?:#.*)?$`).exec(line)?.[1]?.replace(/^["']|["']$/g, ''),
      )
      .find((each) => each !== undefined)
  if (value('package-ecosystem') !== 'npm') return undefined
  const folder = value('directory')?.replace(/^\/+|\/+$/g, '')
  const within = folder === undefined || folder === '' ? reference : path.posix.relative(folder, reference)
  if (within.startsWith('..')) return undefined
  const spaces = ' '.repeat(indent)
  const text = [`${spaces}exclude-paths:`, `${spaces}  - "${within}/**"`]
  return { at: start + 1, text, clear: value('exclude-paths') === undefined && folder !== undefined }
}

function indentOf(line: string | undefined): number {
  return /^\s*/.exec(line ?? '')?.[0].length ?? 0
}
