import { existsSync, writeFileSync } from 'node:fs'
import type { ProvidedContext } from 'vitest'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TestProject } from 'vitest/node'
import setup from './global-setup.ts'

beforeEach(() => void vi.stubEnv('WIREGAUGE_SEED', undefined))
afterEach(() => void vi.unstubAllEnvs())

/** What the runs of a project are provided with, the first and those of watch mode. */
function projectOf() {
  const provided: ProvidedContext['wiregauge'][] = []
  const reruns: (() => void)[] = []
  const project = {
    config: { root: '/project' },
    vitest: { config: {}, getGlobalTestNamePattern: () => undefined },
    provide: (_: string, context: ProvidedContext['wiregauge']) => provided.push(context),
    onTestsRerun: (begin: () => void) => reruns.push(begin),
  }
  const end = setup(project as unknown as TestProject)
  return { provided, end, rerun: () => reruns.forEach((begin) => void begin()) }
}

test('every rerun of watch mode is a run of its own: what it draws, when it began, and what its tests say of it', () => {
  const { provided, rerun, end } = projectOf()
  rerun()
  rerun()
  end()
  const different = (values: readonly unknown[]) => new Set(values).size
  expect(provided).toHaveLength(3)
  expect(different(provided.map(({ startFile }) => startFile))).toBe(3)
  expect(different(provided.map(({ origin }) => origin.id))).toBe(3)
  expect(different(provided.map(({ seed }) => seed))).toBe(3)
  expect(provided.map(({ origin }) => origin.seed)).toEqual(provided.map(({ seed }) => seed))
})

test('a seed that was given is that of every rerun', () => {
  vi.stubEnv('WIREGAUGE_SEED', '42')
  const { provided, rerun, end } = projectOf()
  rerun()
  end()
  expect(provided.map(({ seed }) => seed)).toEqual([42, 42])
})

test('nothing of a run is left when the next one begins, and of the last when Vitest ends', () => {
  const { provided, rerun, end } = projectOf()
  const begun = (): readonly boolean[] => provided.map(({ startFile }) => existsSync(startFile))
  const measure = (): void => writeFileSync(provided.at(-1)?.startFile ?? '', '0')
  measure()
  rerun()
  expect(begun()).toEqual([false, false])
  measure()
  expect(begun()).toEqual([false, true])
  end()
  expect(begun()).toEqual([false, false])
})
