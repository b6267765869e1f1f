import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withBotRules } from './bots.ts'

let top: string
beforeEach(() => {
  top = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-bots-'))
  mkdirSync(path.join(top, '.github'))
})
afterEach(() => rmSync(top, { recursive: true }))

const ruled = (name: string, text: string, reference = 'perf/reference') => {
  writeFileSync(path.join(top, name), text)
  const { changes, notes } = withBotRules(top, reference)
  return { text: changes[0]?.text, notes }
}

test('bots that a repository has not are not brought in', () => {
  expect(withBotRules(top, 'perf/reference')).toEqual({ changes: [], notes: [] })
})

describe('Renovate leaves the reference alone', () => {
  test('beside what is left alone already', () => {
    const { text } = ruled('renovate.json', '{\n  "ignorePaths": ["old/**"]\n}\n')
    expect(JSON.parse(text ?? '')).toEqual({ ignorePaths: ['old/**', 'perf/reference/**'] })
  })

  test('beside what its preset leaves alone, in whose place such a list comes', () => {
    const { text } = ruled('.github/renovate.json', '{\n  "extends": ["config:recommended"]\n}\n')
    const { ignorePaths } = JSON.parse(text ?? '') as { ignorePaths: string[] }
    expect(ignorePaths).toContain('**/node_modules/**')
    expect(ignorePaths.at(-1)).toBe('perf/reference/**')
  })

  test('once: a second rule is not added', () => {
    expect(ruled('renovate.json', '{"ignorePaths": ["perf/reference/**"]}')).toEqual({ text: undefined, notes: [] })
  })

  test('by hand where its file has comments', () => {
    expect(ruled('renovate.json5', '{ // comment\n}')).toEqual({
      text: undefined,
      notes: ['renovate.json5 is no plain JSON: add "perf/reference/**" to its ignorePaths yourself'],
    })
  })
})

describe('Dependabot leaves the reference alone', () => {
  const npm = (directory: string, more = '') => `version: 2
updates:
  - package-ecosystem: github-actions
    directory: /
  - package-ecosystem: "npm"
    directory: ${directory}
${more}    schedule:
      interval: weekly
`

  test('in the npm entries whose folder it is in, and nowhere else', () => {
    const { text, notes } = ruled('.github/dependabot.yml', npm('/'))
    expect(text).toBe(
      npm('/').replace(
        '"npm"\n',
        `"npm"
    exclude-paths:
      - "perf/reference/**"
`,
      ),
    )
    expect(notes).toEqual([expect.stringContaining('security updates')])
  })

  test('by its path from the folder of the entry', () => {
    const { text } = ruled('.github/dependabot.yml', npm('/packages/sdk'), 'packages/sdk/perf/reference')
    expect(text).toContain('      - "perf/reference/**"\n')
    expect(ruled('.github/dependabot.yml', npm('/other'), 'packages/sdk/perf/reference')).toEqual({
      text: undefined,
      notes: [],
    })
  })

  test('by hand where an entry has such a list', () => {
    const { text, notes } = ruled('.github/dependabot.yml', npm('/', '    exclude-paths: ["old/**"]\n'))
    expect(text).toBeUndefined()
    expect(notes).toEqual([
      'add exclude-paths: ["perf/reference/**"] to the npm entries of .github/dependabot.yml yourself',
    ])
  })
})
