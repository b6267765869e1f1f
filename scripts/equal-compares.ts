/**
 * Whether `wiregauge compare` stays green where nothing differs: the installed version of each client's library against the
 * same version out of the cache, 30 comparisons, each a command of its own. Ends with 1 when one of them did.
 *
 * `npm run bench:equal-compares [SEED]`, about 10 minutes.
 */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { exitCodes } from '../src/helpers/budgets/exit-code.ts'
import { axios } from '../src/helpers/clients/axios.ts'
import { axiosFetch } from '../src/helpers/clients/axios-fetch.ts'
import { nodeFetch } from '../src/helpers/clients/node-fetch.ts'
import { undiciFetch } from '../src/helpers/clients/undici-fetch.ts'
import { undiciRequest } from '../src/helpers/clients/undici-request.ts'
import { undiciStream } from '../src/helpers/clients/undici-stream.ts'
import { readComparison } from '../src/helpers/reports/comparison-file.ts'
import { changeText } from '../src/helpers/reports/comparison-words.ts'

const root = path.join(import.meta.dirname, '..')
const firstSeed = Number(process.argv[2] ?? 1)
const clients = [axios, axiosFetch, nodeFetch, undiciFetch, undiciRequest, undiciStream]
const scenarios = ['sequential', 'small-4', 'small-64', 'post-10k', 'download-1m']

const ends: number[] = []
for (const [index, { name, library = '' }] of clients.entries()) {
  const { version } = createRequire(import.meta.url)(`${library}/package.json`) as { version: string }
  for (const [place, scenario] of scenarios.entries()) {
    const seed = firstSeed + index * scenarios.length + place
    const base = `${library}@${version}`
    const end = await compare(['compare', name, '--base', base, '--scenario', scenario, '--seed', String(seed)])
    ends.push(end)
    const { compared } = readComparison(path.join(root, 'reports', 'comparison.json'))
    const [found] = compared
    const states = new Set(found?.verdicts.map(({ state }) => state))
    const change = found === undefined ? '' : changeText(found)
    process.stdout.write(`${name} ${scenario} ${base}: exit ${end}, ${[...states].join(' ')}, ${change}\n`)
  }
}
const reds = ends.filter((end) => end === exitCodes.regressed).length
const others = ends.filter((end) => end !== exitCodes.regressed && end !== exitCodes.pass).length
process.stdout.write(`${ends.length} comparisons of equal versions: ${reds} red, ${others} neither red nor green\n`)
process.exitCode = reds === 0 ? exitCodes.pass : exitCodes.regressed

/** @returns The exit code. @throws What the command said, where it has compared nothing. */
function compare(command: readonly string[]): Promise<number> {
  const bin = path.join(root, 'bin', 'wiregauge.js')
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [bin, ...command], { cwd: root }, (_, _out, told) => {
      if (child.exitCode === null || child.exitCode === exitCodes.usage) reject(new Error(told))
      else resolve(child.exitCode)
    })
  })
}
