import { defineClient } from './contract.ts'
import { GatewayOnlyError } from './gateway-only-error.ts'

/** The route of a gateway that calls nothing: what the framework itself costs. */
export const gatewayPing = defineClient(import.meta.url, 'gatewayPing', {
  name: 'gateway-ping',
  league: 'equalised',
  route: 'ping',
  open(): never {
    throw new GatewayOnlyError('gateway-ping')
  },
})
