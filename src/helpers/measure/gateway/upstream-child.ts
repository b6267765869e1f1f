/** The upstream of a gateway: the target in a process of its own, started by `gateway-processes.ts`. */
import { loopbackTls } from '../../targets/loopback-tls.ts'
import { startTarget, type Target } from '../../targets/target.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import type { UpstreamAnswer, UpstreamCommand } from './messages.ts'
import { serveCommands } from './serve-commands.ts'

let target: Target | undefined

serveCommands<UpstreamCommand, UpstreamAnswer>('upstream', async (command) => {
  if (command.type === 'listen') {
    const { ports, secure } = command
    target = await startTarget({ ports, endWithParent: true, ...(secure && { tls: loopbackTls() }) })
    return { type: 'listening', ports: target.ports }
  }
  if (target === undefined) throw new InvalidWorkError('the upstream does not listen')
  return { type: 'snapshot', snapshot: await target.snapshot() }
})
