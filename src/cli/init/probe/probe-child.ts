/** A process that opens a client once and makes one request, started by `probe.ts`. */
import { inspect } from 'node:util'
import type { OpenClient } from '../../../helpers/clients/contract.ts'
import { clientOf } from '../../../helpers/measure/client-of.ts'
import { failureOf } from '../../../helpers/measure/failure.ts'
import { loadLibrary } from '../../../helpers/measure/library.ts'
import { obeyParent } from '../../../helpers/measure/obey-parent.ts'
import { keepOnLoopback, notAsGiven } from './loopback-only.ts'
import type { ProbeAnswer, ProbeCommand } from './messages.ts'
import { replyShape } from './reply-shape.ts'

/** The most of what a call gave that is told. */
const toldCharacters = 200

let open: OpenClient | undefined
let elsewhere: string | undefined
let doing = 'failed when it was loaded'

keepOnLoopback((place) => {
  elsewhere ??= place
})

obeyParent<ProbeCommand>(obey, (error) => {
  if (elsewhere === undefined) return answer(failureOf(error, doing))
  answer({ type: 'invalid', reason: `went to ${elsewhere}, ${notAsGiven}` })
})

async function obey(command: ProbeCommand): Promise<void> {
  if (command.type === 'open') {
    const { module, exportName, tree, origin, path } = command
    const client = await clientOf({ module, exportName })
    const { namespace } = await loadLibrary(client.library, tree)
    doing = 'failed when it was opened'
    open = await client.open(namespace, { origin, path, method: 'GET', headers: {}, connections: 1 })
    doing = 'failed in its call'
    answer({ type: 'opened' })
    return
  }
  const reply: unknown = await open?.send()
  const given = typeof reply === 'object' && reply !== null && 'value' in reply ? reply.value : reply
  const shape = replyShape(given, JSON.parse(command.answer))
  const told = inspect(given, { depth: 2, breakLength: Number.POSITIVE_INFINITY }).slice(0, toldCharacters)
  answer({ type: 'sent', ...(shape !== undefined && { shape }), given: told })
}

function answer(message: ProbeAnswer | ReturnType<typeof failureOf>): void {
  process.send?.(message)
}
