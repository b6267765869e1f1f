/** The upstream of a gateway: the target in a process of its own, started by `gateway-processes.ts`. */
import { loopbackTls } from '../../targets/loopback-tls.ts'
import { startTarget, type Target } from '../../targets/target.ts'
import { InvalidWorkError } from '../invalid-work-error.ts'
import type { UpstreamAnswer, UpstreamCommand } from './messages.ts'
import { serveCommands } from './serve-commands.ts'

let target: Target | undefined

serveCommands<UpstreamCommand, UpstreamAnswer>('upstream', async (command) => {
  if (command.type === 'listen') {
    const { ports, secure, source } = command
    const tls = secure ? { tls: loopbackTls() } : {}
    target = await startTarget({ ports, endWithParent: true, ...tls, ...(source && { source }) })
    return { type: 'listening', ports: target.ports }
  }
  if (target === undefined) throw new InvalidWorkError('the upstream does not listen')
  if (command.type === 'answer') return { type: 'answer', answer: await target.answerTo(command.request) }
  return { type: 'snapshot', snapshot: await target.snapshot() }
})
