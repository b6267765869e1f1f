import { addressCases } from './address-cases.ts'
import { agentCases } from './agent-cases.ts'
import { brokenCases } from './broken-cases.ts'
import type { DifferentialCase } from './case.ts'
import { controlCases } from './control-cases.ts'
import { encodingCases } from './encoding-cases.ts'
import { namedHostCases } from './named-host-cases.ts'
import { oddAnswerCases } from './odd-answer-cases.ts'
import { openBodyCases } from './open-body-cases.ts'
import { redirectCases } from './redirect-cases.ts'
import { requestCases } from './request-cases.ts'
import { responseCases } from './response-cases.ts'
import { streamedCases } from './streamed-cases.ts'

/** Every case of the table, in its order. */
export const cases: readonly DifferentialCase[] = [
  ...requestCases,
  ...responseCases,
  ...encodingCases,
  ...redirectCases,
  ...addressCases,
  ...agentCases,
  ...brokenCases,
  ...controlCases,
  ...namedHostCases,
  ...oddAnswerCases,
  ...openBodyCases,
  ...streamedCases,
]
