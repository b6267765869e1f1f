import type { RouteReply } from './messages.ts'

/** What `/ping` replies with. */
export const pingReply: RouteReply = { status: 200, text: '{"ping":"pong"}' }
