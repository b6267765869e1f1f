import type { Scenario } from '../scenarios/scenario.ts'
import { routedAnswer } from '../targets/route-answers.ts'
import type { Client } from './contract.ts'

/** Whether it makes sense to measure a client under a scenario: what it would ignore, or could not do, says nothing. */
export function isApplicable(client: Client, scenario: Scenario): boolean {
  const { responseLimitBytes, secure = false, keepAlive = true, load, mock } = scenario
  // Without its mock a mocked client is another one, and that one is measured beside it.
  if ((client.unmocked !== undefined) !== (mock !== undefined)) return false
  // Only nock knows scopes, and is the one whose users write paths as regular expressions.
  if ((mock?.scopes === 'each' || mock?.regularExpressions) && client.library !== 'nock') return false
  if (responseLimitBytes !== undefined && client.limitsResponses !== true) return false
  if (isCompressed(scenario) && client.decompresses !== true) return false
  if (client.route !== undefined && load?.kind !== 'gateway') return false
  // As shipped, a client trusts no certificate of ours, keeps what it keeps, and has no cap.
  if (client.league === 'as shipped' && (secure || !keepAlive || load !== undefined)) return false
  // What is shown beside the clients is the limit of lanes that are always full.
  return client.name !== 'wire' || load === undefined
}

/** A server of the project is taken for one that compresses for those who ask for it. */
function isCompressed({ method, path, target }: Scenario): boolean {
  const routed = target?.kind === 'routes' ? routedAnswer(target, { method, path }) : undefined
  return routed === undefined ? path.startsWith('/gzip/') : routed.text !== undefined
}
