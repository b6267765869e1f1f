import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'

const root = mkdtempSync(path.join(os.tmpdir(), 'wiregauge-first-'))
afterAll(() => rmSync(root, { recursive: true }))

test('where no test measures anything, what ended each is told, and nothing is run', async () => {
  mkdirSync(path.join(root, 'perf'))
  const spec = `import { test } from 'vitest'\ntest('of the client', () => { throw new Error('it has a name that is taken') })`
  writeFileSync(path.join(root, 'perf', 'api.test.ts'), spec)
  const address = (file: string) => JSON.stringify(new URL(file, import.meta.url).href)
  const program = `
    const { firstBudgets } = await import(${address('./first-budgets.ts')})
    const { projectAt } = await import(${address('../../../helpers/trees/project.ts')})
    const progress = { live() {}, line() {}, end() {} }
    const surroundings = { root: process.cwd(), out: process.stderr, progress, signal: new AbortController().signal }
    const measure = async () => { throw new Error('was run') }
    const given = await firstBudgets({ project: projectAt('.') }, surroundings, measure)
      .catch(({ code, message }) => ({ code, message }))
    console.log(JSON.stringify(given))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { cwd: root })
  expect(JSON.parse(stdout)).toEqual({
    code: 'WIREGAUGE_USAGE',
    message: 'nothing is written: no test measures anything\n  of the client: it has a name that is taken',
  })
})
