import { defineClient } from './contract.ts'
import { GatewayOnlyError } from './gateway-only-error.ts'

/** The route of a gateway that makes a blocking call (synckit) in an async handler, as code that was never async does. */
export const gatewayBlocking = defineClient(import.meta.url, 'gatewayBlocking', {
  name: 'gateway-blocking',
  league: 'equalised',
  route: 'blocking',
  open(): never {
    throw new GatewayOnlyError('gateway-blocking')
  },
})
