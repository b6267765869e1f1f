/**
 * The load of a gateway, in a process of its own, started by `gateway-processes.ts`. It leads a process group, so that a tool
 * which it has started ends with it.
 */
import process from 'node:process'
import { systemClock } from '../clock.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import { loadByAutocannon } from './autocannon-load.ts'
import type { RunningLoad } from './load-tool.ts'
import { loopBusy } from './loop-busy.ts'
import type { LoadAnswer, LoadCommand, LoadedRoute } from './messages.ts'
import { firstReply, SteadyConnections } from './sender.ts'
import { serveCommands } from './serve-commands.ts'
import { sendSteadily } from './steady.ts'
import { loadByWrk } from './wrk-load.ts'

const connections = new SteadyConnections()
let running: RunningLoad | undefined

serveCommands<LoadCommand, LoadAnswer>('load', async (command) => {
  switch (command.type) {
    case 'check':
      return { type: 'checked', wireBytes: await check(command.route) }
    case 'connect': {
      const { route, connections: count } = command
      await Promise.all(Array.from({ length: count }, () => isAnswered(route)))
      return { type: 'connected' }
    }
    case 'begin': {
      const { route, plan } = command
      running = await (plan.tool === 'wrk' ? loadByWrk : loadByAutocannon)(route, plan)
      return { type: 'begun', meterMs: running.meterMs }
    }
    case 'end': {
      if (running === undefined) throw new InvalidWorkError('no load is on')
      return { type: 'ended', figures: await running.end(command.meteredMs) }
    }
    case 'steady': {
      const { route, rate } = command
      const busy = loopBusy()
      const answers = await sendSteadily(() => isAnswered(route), rate, systemClock)
      return { type: 'steady', answers, generatorBusy: busy() }
    }
  }
})
process.on('exit', endGroup)

/** Compares a reply in full. @returns Its bytes on the wire. */
async function check(route: LoadedRoute): Promise<number> {
  const { expected } = route
  const { status, text, wireBytes } = await firstReply(route)
  if (status !== expected.status) {
    throw new InvalidWorkError(`the first reply is wrong: expected status ${expected.status}, got ${status}: ${text}`)
  }
  if (text !== expected.text) {
    const [wanted, got] = [expected.text, text].map((each) => JSON.stringify(each.slice(0, 60)))
    throw new InvalidWorkError(`the first reply is wrong: the body differs: expected ${wanted}, got ${got}`)
  }
  return wireBytes
}

/** One request of the open loop; false for an error. */
async function isAnswered(route: LoadedRoute): Promise<boolean> {
  const reply = await connections.get(route).catch(() => undefined)
  if (reply?.status !== route.expected.status) return false
  if (reply.text === route.expected.text) return true
  throw new InvalidWorkError('a reply had another body than the checked one')
}

function endGroup(): void {
  if (process.platform === 'win32') return
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch (error) {
    // It leads no group where it was started without one.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
