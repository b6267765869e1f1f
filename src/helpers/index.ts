/**
 * What a spec imports: `measure`, clients and `defineClient`, scenarios and `scenario`, and targets. Measuring, statistics and
 * judging are deliberately private.
 *
 * @module
 */

export type { CostThresholds } from './budgets/cost.ts'
export type { ScalingPoints } from './budgets/scaling.ts'
export type { ServiceThresholds } from './budgets/service.ts'
export type { TailThresholds } from './budgets/tail.ts'
export type { ByteThresholds, Percent, RatioThresholds, Thresholds } from './budgets/thresholds.ts'
export { axios } from './clients/axios.ts'
export { axiosDefault } from './clients/axios-default.ts'
export { axiosFetch } from './clients/axios-fetch.ts'
export { axiosUndici } from './clients/axios-undici.ts'
export {
  type Client,
  type ClientAdapter,
  type ClientRequest,
  defineClient,
  type League,
  type OpenClient,
  type Reply,
  type ValueReply,
  type WholeReply,
} from './clients/contract.ts'
export { fetchClient } from './clients/fetch.ts'
export { gatewayBlocking } from './clients/gateway-blocking.ts'
export { gatewayPing } from './clients/gateway-ping.ts'
export { gatewayPool } from './clients/gateway-pool.ts'
export { http } from './clients/http.ts'
export { axiosMsw, fetchMsw, nodeFetchMsw } from './clients/mocks/msw.ts'
export { axiosNock, fetchNock, httpNock, nodeFetchNock } from './clients/mocks/nock.ts'
export { undiciFetchMock, undiciRequestMock } from './clients/mocks/undici.ts'
export { nodeFetch } from './clients/node-fetch.ts'
export { nodeFetchDefault } from './clients/node-fetch-default.ts'
export { undiciDefault } from './clients/undici-default.ts'
export { undiciDispatch } from './clients/undici-dispatch.ts'
export { undiciFetch } from './clients/undici-fetch.ts'
export { undiciPipeline } from './clients/undici-pipeline.ts'
export { undiciRequest } from './clients/undici-request.ts'
export { undiciStream } from './clients/undici-stream.ts'
export type { Measurement } from './measure/result.ts'
// With it come the types of the matchers of Vitest's and Jest's `expect`.
export type { BudgetMatchers } from './runner/matcher-types.ts'
export { burst512, burst512Tls, burst512Warm, sweep } from './scenarios/bursts.ts'
export { delay5ms, gzip100k, idle, noKeepAlive, tls16 } from './scenarios/connections.ts'
export { gateway, gatewayWrk } from './scenarios/gateway.ts'
export { delayed2ms, download1m, download1mLimit, headers40, post10k, sequential, smallJson } from './scenarios/list.ts'
export type { MockSetup } from './scenarios/mock-setup.ts'
export {
  mock1,
  mockHandlers,
  mockListen,
  mockPassthrough,
  mockRegexp,
  mockRestored,
  mockRetention,
  mockScopes,
} from './scenarios/mocks.ts'
export { type LoadShape, type Scenario, type ScenarioOptions, scenario } from './scenarios/scenario.ts'
export { mswTarget, routes, serverTarget } from './scenarios/targets.ts'
export { type MeasureOptions, measure } from './session/measure.ts'
export type { Measured } from './session/measured.ts'
export type { ExpectedAnswer } from './targets/answers.ts'
export type { MswSource, Route, RoutesSource, ServerSource, TargetSource } from './targets/target-source.ts'
