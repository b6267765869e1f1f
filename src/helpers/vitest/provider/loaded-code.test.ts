import { expect, test } from 'vitest'
import { codeProblem, loadedCode } from './loaded-code.ts'

const file = import.meta.filename

function workerWith(modules: Readonly<Record<string, object>>) {
  return { evaluatedModules: { idToModuleMap: new Map(Object.entries(modules).map(([id, meta]) => [id, { meta }])) } }
}

test('a worker has loaded the file that it runs, and what this imports', () => {
  const own = loadedCode()
  expect(own[file]).toMatch(/^[0-9a-f]{40}$/)
  expect(own[file.replace('.test.ts', '.ts')]).toMatch(/^[0-9a-f]{40}$/)
  expect(codeProblem(file, own, loadedCode())).toBeUndefined()
})

test('notes of Vite are no code', () => {
  const one = loadedCode(workerWith({ '/a.ts': { code: 'run()\n//# sourceMappingURL=data:1' } }))
  expect(one).toEqual(loadedCode(workerWith({ '/a.ts': { code: 'run()\n//# sourceMappingURL=data:2' } })))
  expect(one).not.toEqual(loadedCode(workerWith({ '/a.ts': { code: 'ran()\n//# sourceMappingURL=data:1' } })))
})

test('other code and other modules are named', () => {
  const own = { '/a.bench.ts': '1', '/fast.ts': '2', '/later.ts': '3' }
  expect(codeProblem('/a.bench.ts', own, { '/a.bench.ts': '1', '/fast.ts': '2' })).toBeUndefined()
  expect(codeProblem('/a.bench.ts', own, { '/a.bench.ts': '1', '/fast.ts': '4' })).toBe(
    'they ran other code of /fast.ts than this run; name the configuration file of this run in WIREGAUGE_VITEST_CONFIG',
  )
  expect(codeProblem('/a.bench.ts', own, { '/a.bench.ts': '6', '/slow.ts': '5' })).toBe(
    'they loaded /slow.ts, which this run did not; name the configuration file of this run in WIREGAUGE_VITEST_CONFIG',
  )
})

test('where nothing is known of the code, nothing is taken for equal', () => {
  expect(codeProblem('/a.bench.ts', loadedCode({}), loadedCode({}))).toBe('Vitest does not tell which code they ran')
})
