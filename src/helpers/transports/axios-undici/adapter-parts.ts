import type { AxiosApi } from './axios-api.ts'
import type { Dispatchers } from './dispatchers.ts'
import type { InFlight } from './in-flight.ts'

/** What an adapter's calls share. */
export interface AdapterParts {
  readonly api: AxiosApi
  readonly dispatchers: Dispatchers
  readonly inFlight: InFlight
}
