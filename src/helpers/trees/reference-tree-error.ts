/** The reference tree is missing or is not the one that the budgets were tuned against. */
export class ReferenceTreeError extends Error {
  readonly code = 'WIREGAUGE_USAGE'
  override readonly name = 'ReferenceTreeError'
}
