#!/usr/bin/env node
// Plain JavaScript that any Node can read: the command itself is TypeScript and needs the Node pinned in package.json.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const oldestMajor = 26
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

if (Number.parseInt(process.versions.node, 10) >= oldestMajor) await import('../src/cli/main.ts')
else {
  const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  if (existsSync(pinned)) {
    // The terminal sends Ctrl-C to both; this process only waits for the other to end cleanly.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
    const child = spawn(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? 1
      if (signal) process.stderr.write(`wiregauge: ended by ${signal}\n`)
    })
  } else {
    process.stderr.write(
      `wiregauge: this is Node ${process.versions.node}; it needs Node ${oldestMajor} or newer, which \`npm ci\` installs ` +
        'beside the packages. Run `npm ci` first.\n',
    )
    process.exitCode = 2
  }
}
