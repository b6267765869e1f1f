import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withBotRules } from './bots.ts'

let top: string
beforeEach(() => {
  top = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-bots-'))
  mkdirSync(path.join(top, '.github'))
  mkdirSync(path.join(top, '.gitlab'))
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

  test('beside what a preset of others leaves alone, which a list of paths would take the place of', () => {
    const settings = {
      extends: ['config:recommended', 'local>acme/renovate-config'],
      packageRules: [{ enabled: true }],
    }
    const { text } = ruled('.gitlab/renovate.json', JSON.stringify(settings))
    const rule = { matchFileNames: ['perf/reference/**'], enabled: false }
    expect(JSON.parse(text ?? '')).toEqual({ ...settings, packageRules: [{ enabled: true }, rule] })
    expect(ruled('.gitlab/renovate.json', text ?? '')).toEqual({ text: undefined, notes: [] })
  })

  test('by hand where it is part of the package, which has its scripts edited already', () => {
    const note = 'add "perf/reference/**" to the ignorePaths of "renovate" in package.json yourself'
    expect(ruled('package.json', '{"renovate": {}}')).toEqual({ text: undefined, notes: [note] })
    expect(ruled('package.json', '{}')).toEqual({ text: undefined, notes: [] })
    const done = '{"renovate": {"ignorePaths": ["perf/reference/**"]}}'
    expect(ruled('package.json', done)).toEqual({ text: undefined, notes: [] })
  })

  test('by hand where its file has comments', () => {
    expect(ruled('renovate.json5', '{ // comment\n}')).toEqual({
      text: undefined,
      notes: ['renovate.json5 is no plain JSON: add "perf/reference/**" to its ignorePaths yourself'],
    })
  })
})

const byHand =
  'add exclude-paths: ["perf/reference/**"] to the npm entries of .github/dependabot.yml yourself; the path is from their directory'

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
    expect(notes).toEqual([byHand])
  })

  test.each([
    ['in braces', 'updates:\n  - { package-ecosystem: npm, directory: "/" }\n'],
    ['all of them in braces', 'updates: [{ package-ecosystem: "npm", directory: "/" }]\n'],
    ['with names in quotes', 'updates:\n  - "package-ecosystem": "npm"\n    "directory": "/"\n'],
    ['below its dash', 'updates:\n  -\n    package-ecosystem: npm\n    directory: /\n'],
    ['of many folders', npm('"/packages/*"')],
    ['beside one that could be edited', `${npm('/')}  - { package-ecosystem: npm, directory: /old }\n`],
  ])('by hand where an entry is written otherwise: %s', (_, text) => {
    expect(ruled('.github/dependabot.yml', text)).toEqual({ text: undefined, notes: [byHand] })
  })

  test('whatever comments say, and once', () => {
    const { text = '' } = ruled('.github/dependabot.yml', `# perf/reference, package-ecosystem: npm\n${npm('/')}`)
    expect(text).toContain('      - "perf/reference/**"\n')
    expect(ruled('.github/dependabot.yml', text)).toEqual({ text: undefined, notes: [] })
  })

  test('without a word where it has no entry for npm', () => {
    const other = 'updates:\n  - package-ecosystem: github-actions # not npm\n    directory: /\n'
    expect(ruled('.github/dependabot.yml', other)).toEqual({ text: undefined, notes: [] })
  })
})
