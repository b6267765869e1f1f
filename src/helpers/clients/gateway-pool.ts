import { defineClient } from './contract.ts'
import { GatewayOnlyError } from './gateway-only-error.ts'

/** The route of a gateway that has its call made by a pool of threads (Piscina), each of which makes one at a time. */
export const gatewayPool = defineClient(import.meta.url, 'gatewayPool', {
  name: 'gateway-pool',
  league: 'equalised',
  route: 'pool',
  open(): never {
    throw new GatewayOnlyError('gateway-pool')
  },
})
