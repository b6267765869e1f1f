import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = new URL('../../../', import.meta.url)

/** Opens the client `fetch` in a fresh process, after this code, and returns what became of it. */
async function openFetchAfter(code: string): Promise<string> {
  const program = `${code}
    const { fetchClient } = await import('./src/helpers/clients/fetch.ts')
    const request = { origin: 'http://127.0.0.1:1', path: '/', method: 'GET', headers: {}, connections: 1 }
    try {
      await (await fetchClient.open(undefined, request)).close()
      console.log('opened')
    } catch (error) {
      console.log(error.code)
    }`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { cwd: root })
  return stdout.trim()
}

test("Node's own dispatcher is found where nothing else of undici is loaded", async () => {
  expect(await openFetchAfter('')).toBe('opened')
})

test("Node's own dispatcher is found where its fetch was used before another undici was loaded", async () => {
  expect(await openFetchAfter("await fetch('data:,'); await import('undici')")).toBe('opened')
})

test('the dispatcher of another undici is refused', async () => {
  expect(await openFetchAfter("await import('undici')")).toBe('WIREGAUGE_NO_NODE_DISPATCHER')
})
