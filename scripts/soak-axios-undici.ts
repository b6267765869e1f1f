/**
 * `npm run soak:axios-undici -- [--requests N] [--seed N]`: makes 200,000 calls through the undici adapter of axios after up
 * to 10,000 to warm up, mixed from the differential cases, broken, unanswered and given up ones among them, and prints what
 * is left behind.
 */
import { parseArgs } from 'node:util'
import { drawSeed } from '../src/helpers/session/seed.ts'
import { soak } from '../src/helpers/transports/axios-undici/soak/soak.ts'
import { countIn } from './count-in.ts'

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '200000' }, seed: { type: 'string' } },
})
const requests = countIn('requests', values.requests)
const seed = values.seed === undefined ? drawSeed() : countIn('seed', values.seed)

console.log(`seed ${seed}`)
console.log(await soak({ requests, warmUp: Math.min(requests, 10_000), inFlight: 64, seed, points: 20 }))
