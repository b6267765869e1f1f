// @module-tag wide
// @module-tag nightly
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { smallJson } from '../scenarios/list.ts'
import type { Change } from './change.ts'
import { equalBuilds } from './equal-builds.ts'
import { loadChanged, project } from './test-load.ts'
import { openTrialTree } from './trees.ts'

const builds = equalBuilds(project)
const packageOf = ({ name }: Change): string => name.slice(0, name.indexOf(','))
const inGroups = Object.entries(Object.groupBy(builds, packageOf))

/** A file that every build of a package changes. */
const telling: Readonly<Record<string, string>> = {
  axios: 'axios/lib/core/Axios.js',
  undici: 'undici/lib/dispatcher/client.js',
  'node-fetch': 'node-fetch/src/body.js',
  'follow-redirects': 'follow-redirects/index.js',
}

function textIn(packages: string, build: Change): string {
  return readFileSync(path.join(packages, telling[packageOf(build)] ?? ''), 'utf8')
}

test('there are at least twenty builds, each with a name of its own, and the neutral release among them', () => {
  const names = builds.map(({ name }) => name)
  expect(names.length).toBeGreaterThanOrEqual(20)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('undici, as in undici-8.12.3')
})

test.each(inGroups)(
  'every build of %s is another text that loads, answers, and sends the same',
  async (_, group = []) => {
    const [client] = group[0]?.clients ?? []
    if (client === undefined) throw new Error('a build has clients')
    const texts = new Set<string>()
    const noting = group.map((build): Change => {
      const apply = (packages: string, from: string): void => {
        texts.add(textIn(packages, build))
        build.apply(packages, from)
        texts.add(textIn(packages, build))
      }
      return { ...build, apply }
    })
    const { reference, changed } = await loadChanged(client, smallJson({ inFlight: 4 }), noting, 0)
    for (const { name } of group) {
      expect(changed.get(name)).toEqual({ ...reference, arm: name, version: expect.any(String) })
    }
    // The neutral release may have left the file alone.
    const ofText = group.filter(({ name }) => !name.includes('as in'))
    expect(texts.size).toBeGreaterThan(ofText.length)
  },
  30_000,
)

test('a build is the same every time, so that trials of it can be told together', () => {
  const build = builds.find(({ name }) => name === 'node-fetch, functions reordered')
  if (build === undefined) throw new Error('there is no such build')
  using one = openTrialTree(project, ['node-fetch'], build)
  using other = openTrialTree(project, ['node-fetch'], build)
  const [text, again] = [one, other].map(({ root }) => textIn(path.join(root, 'node_modules'), build))
  expect(text).toBe(again)
})
