import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientRequest, League } from '../clients/contract.ts'
import { isAnsweredByMock } from '../scenarios/mock-setup.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { type Random, shuffled } from '../statistics/random.ts'
import { expectedAnswer } from '../targets/answers.ts'
import type { TargetCounters } from '../targets/counters.ts'
import { loopbackTls } from '../targets/loopback-tls.ts'
import type { Target } from '../targets/target.ts'
import { isOwnServer, type RoutesSource } from '../targets/target-source.ts'
import type { Progress } from './arm.ts'
import { clientOf } from './client-of.ts'
import { type AskedWork, disagreement } from './equal-work.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import type { ArmCounts, ArmHeaders, ArmSource, Job } from './job.ts'
import { loadLibrary } from './library.ts'
import { openClient } from './open-client.ts'
import { type ReopenableArm, requireFirstAnswer } from './reopen.ts'
import { noSetUp, type SetUpWork, withOpening, withoutSetUp } from './set-up-work.ts'
import { settledCounters } from './settled-counters.ts'

/** Most looks, 10 ms apart, while a connection that only the set-up needed may not have been seen to end. */
const closingLooks = 10

/** An arm with what is needed to judge its work at the end. */
interface OpenedArm extends ReopenableArm {
  readonly version?: string
  /** Version of Node where the arm has one of its own. */
  readonly node?: string
  readonly league: League
  readonly intercepted: boolean
  checked: AskedWork['checked']
  /** Of all its clients so far. */
  readonly setUp: SetUpWork
}

/**
 * Opens every arm of a job and checks one answer of each in full. Loading order, ports and query are drawn, because
 * who comes first gets other memory and other luck. The queries are of one length, so that every arm sends the same
 * number of bytes.
 *
 * @returns The arms in the order of the job.
 * @throws {InvalidWorkError} when an answer is wrong.
 * @throws {UsageError} when a client or its library cannot be loaded, or the client cannot be used.
 */
export async function openArms(
  job: Job,
  target: Target,
  random: Random,
  progress: Progress,
): Promise<readonly OpenedArm[]> {
  const ports = shuffled(target.ports, random)
  const opened = new Map<string, OpenedArm>()
  for (const [index, source] of shuffled([...job.arms.entries()], random)) {
    progress.arm = source.name
    progress.phase = 'open'
    const arm = await openArm(job, source, target, requestOf(job.scenario, ports[index] as number, random))
    progress.beats++
    progress.phase = 'first request'
    await requireFirstAnswer(arm)
    const { requests, bytesIn, bytesOut } = withoutSetUp(await countersAt(target, arm.port), arm.setUp)
    if (requests !== 1 && !arm.intercepted) throw new InvalidWorkError(`${arm.name}: ${cameAs(requests)}`)
    arm.checked = { bytesIn, bytesOut }
    opened.set(source.name, arm)
    progress.beats++
  }
  return job.arms.map((source) => opened.get(source.name) as OpenedArm)
}

/** What became of a first request that is not one at the target, in words. */
function cameAs(requests: number): string {
  if (requests === 0) return 'its first request never came to the target, neither to its origin nor past a cache'
  return (
    `its first request came to the target as ${requests}; what a client does once (a token, a discovery) belongs into ` +
    '`open`, and one that asks more than once for each reply does no equal work'
  )
}

/** Opens the first client of an arm. */
async function openArm(job: Job, source: ArmSource, target: Target, request: ClientRequest): Promise<OpenedArm> {
  const client = await clientOf(source.client ?? job.client)
  const library = await loadLibrary(client.library, source.tree, client.entryPoints)
  const port = Number(new URL(request.origin).port)
  const answer = await target.answerTo(request)
  let setUp = noSetUp
  const open: OpenedArm['open'] = async (changes) => {
    const before = await countersAt(target, port)
    const ready = await openClient(client, library.namespace, { ...request, ...changes })
    let after = await countersAt(target, port)
    for (let look = 0; after.requests > before.requests && after.openConnections > 0 && look < closingLooks; look++) {
      await sleep(10)
      after = await countersAt(target, port)
    }
    setUp = withOpening(setUp, before, after)
    // The first request that is told of is the first that is measured.
    if (after.requests > before.requests) await target.snapshot({ forgetHeadersOf: port })
    return ready
  }
  return {
    name: source.name,
    client: await open({}),
    open,
    port,
    answer,
    ...(client.valueIn && { valueIn: client.valueIn }),
    expected: { status: answer.status, textLength: answer.text.length },
    asked: 0,
    league: client.league,
    intercepted: client.unmocked !== undefined && isAnsweredByMock(job.scenario.mock),
    checked: { bytesIn: 0, bytesOut: 0 },
    get setUp() {
      return setUp
    },
    ...(library.version === undefined ? {} : { version: library.version }),
    ...(source.execPath === undefined ? {} : { node: process.versions.node }),
  }
}

async function countersAt(target: Target, port: number): Promise<TargetCounters> {
  const counters = (await target.snapshot()).counters[target.ports.indexOf(port)]
  if (counters === undefined) throw new InvalidWorkError(`the target has no counters of port ${port}`)
  return counters
}

/**
 * Closes every arm and compares the target's counters with what was asked for.
 *
 * @throws {InvalidWorkError} when they disagree.
 */
export async function closeArms(
  job: Job,
  arms: readonly OpenedArm[],
  target: Target,
  progress: Progress,
): Promise<readonly ArmCounts[]> {
  progress.phase = 'close'
  const equalised = arms.some(({ league }) => league === 'equalised')
  const snapshot = () => target.snapshot()
  const counted = await settledCounters(snapshot, () => (equalised ? job.scenario.connections : Infinity))
  for (const arm of arms) {
    progress.arm = arm.name
    await arm.client.close()
    progress.beats++
  }
  const closed = await settledCounters(snapshot, () => 0)
  return arms.map((arm) => {
    const index = target.ports.indexOf(arm.port)
    const atAll = counted[index]
    if (atAll === undefined) throw new InvalidWorkError(`${arm.name}: the target has no counters of it`)
    const counters = withoutSetUp(atAll, arm.setUp)
    const asked: AskedWork = {
      league: arm.league,
      connections: job.scenario.connections,
      requests: arm.asked,
      intercepted: arm.intercepted,
      checked: arm.checked,
    }
    const problem = disagreement(asked, counters, closed[index]?.openConnections ?? 0)
    if (problem !== undefined) throw new InvalidWorkError(`${arm.name}: ${problem}`)
    const { version, node } = arm
    return { arm: arm.name, ...counters, ...(version && { version }), ...(node && { node }) }
  })
}

/** The header fields of every arm's first request, as the target got them. */
export async function headersOf(arms: readonly OpenedArm[], target: Target): Promise<readonly ArmHeaders[]> {
  const { headers = [] } = await target.snapshot({ headers: true })
  return arms.map(({ name, port }) => {
    const fields = headers[target.ports.indexOf(port)] ?? []
    // The port differs by the draw.
    const told = (value: string) => value.replaceAll(`127.0.0.1:${port}`, '127.0.0.1:port')
    return { arm: name, headers: fields.map(([field, value]) => [field, told(value)]) }
  })
}

/**
 * The request of a scenario, addressed to a port of the target, with a query that is drawn; a server of the project is asked for
 * what the scenario says and for nothing else.
 */
export function requestOf(scenario: Scenario, port: number, random: Random): ClientRequest {
  const query = Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0')
  const {
    method,
    headers,
    body,
    responseLimitBytes,
    connections,
    secure = false,
    keepAlive = true,
    mock,
    target,
  } = scenario
  const path = isOwnServer(target)
    ? scenario.path
    : `${scenario.path}${scenario.path.includes('?') ? '&' : '?'}${query}`
  return {
    origin: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`,
    path,
    method,
    headers,
    connections,
    ...(body === undefined ? {} : { body }),
    ...(responseLimitBytes === undefined ? {} : { responseLimitBytes }),
    ...(secure && { certificate: loopbackTls().certificate }),
    ...(keepAlive ? {} : { keepAlive }),
    ...(mock === undefined
      ? {}
      : { mock, answer: expectedAnswer({ ...scenario, path }, target as RoutesSource | undefined) }),
  }
}
