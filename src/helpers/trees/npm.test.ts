import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { testFolder } from './test-folder.ts'

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'npm and all that it started end with a process that %s ends',
  async (signal) => {
    using folder = testFolder()
    await using server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const connects = folder.write('connects.cjs', `require('node:net').connect(${port}, '127.0.0.1')`)
    // As npm starts others, and stays with them.
    const npm = folder.write(
      'npm.cjs',
      `require('node:child_process').spawn(process.execPath, [${JSON.stringify(connects)}], { stdio: 'inherit' })`,
    )
    const program = `
    const { runNpm } = await import(${JSON.stringify(new URL('npm.ts', import.meta.url).href)})
    const signal = new AbortController().signal
    await runNpm([${JSON.stringify(npm)}], { folder: '.', asked: 'all', signal, npm: { command: process.execPath } })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: folder.root, stdio: 'ignore' })
    const [socket] = (await once(server, 'connection')) as [Socket]
    const closed = once(
      socket.resume().on('error', () => undefined),
      'close',
    )
    child.kill(signal)
    await closed
    expect(socket.destroyed).toBe(true)
  },
)
