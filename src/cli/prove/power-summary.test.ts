import { describe, expect, test } from 'vitest'
import type { BudgetPower } from '../../helpers/budgets/replay-power.ts'
import { lackingPower, powerText, summarisePower } from './power-summary.ts'

function powerOf(
  name: string,
  red: readonly number[],
  { catches = 0.05, drops = [] as readonly (readonly [number, number])[] } = {},
): BudgetPower {
  const at = [
    { times: 0.5, red: [0, 0] },
    { times: 1, red },
    ...drops.map(([drop, share]) => ({ drop, red: [share, share] })),
  ]
  return { name, kind: name.split(': ')[1] ?? '', catches, at }
}

describe('the power of budgets', () => {
  test('is summed up by kind, and the worst of each is named', () => {
    const { kinds, below } = summarisePower([
      powerOf('axios small-4: throughput against http', [1, 1]),
      powerOf('axios small-4: throughput against undici-request', [0.8, 1]),
      powerOf('axios small-4: CPU time against reference', [1, 1]),
    ])
    expect(kinds.map(({ group, budgets }) => [group, budgets])).toEqual([
      ['throughput against clients', 2],
      ['CPU time against reference', 1],
    ])
    expect(kinds[0]?.at).toEqual([
      { times: 0.5, mean: 0, worst: { budget: 'axios small-4: throughput against http', power: 0 } },
      { times: 1, mean: 0.95, worst: { budget: 'axios small-4: throughput against undici-request', power: 0.9 } },
    ])
    expect(below).toEqual(['axios small-4: throughput against undici-request'])
  })

  test('at drops of throughput is given by what is caught, the least first, where any of the drops is to be caught', () => {
    const name = 'axios small-4: throughput against reference'
    const drops = [
      [0.03, 0.5],
      [0.1, 1],
    ] as const
    const summary = summarisePower([
      powerOf(name, [1, 1], { catches: 0.1, drops }),
      powerOf(name, [1, 1], { catches: 0.050000000000000044, drops }),
      powerOf(name, [1, 1], { catches: 0.3, drops }),
    ])
    expect(summary.throughput.map(({ group }) => group)).toEqual(['5 %', '10 %'])
    const text = powerText(summary).join('\n')
    expect(text).toContain('drop of 3.0 % (worst)')
    expect(text).toContain('50 % (50 %)')
    expect(text).toContain('power: modelled below 95 % at what is caught for 0 of 3 budgets')
  })
})

describe('power is surely lacking', () => {
  const fine = Array.from({ length: 20 }, (_, place) =>
    powerOf(`client-${place} small-4: CPU time against reference`, [1, 1, 1, 1, 1, 1]),
  )

  test('where it is in every run', () => {
    const bad = powerOf('axios small-4: CPU time against reference', [0.6, 0.62, 0.58, 0.6, 0.61, 0.59])
    expect(lackingPower([...fine, bad])).toEqual([
      'modelled: what a budget catches goes red too seldom: axios small-4: CPU time against reference: 60 %',
    ])
  })

  test('not where one run of six happened to be better for a client than the others', () => {
    const unlucky = powerOf('axios small-4: CPU time against reference', [1, 1, 0.1, 1, 1, 1])
    expect(lackingPower([...fine, unlucky])).toEqual([])
  })

  test('of a kind where it is a little too low for all of its budgets', () => {
    const kind = Array.from({ length: 20 }, (_, place) =>
      powerOf(
        `client-${place} small-4: total time against reference`,
        place % 2 === 0 ? [1, 0.8, 0.9] : [0.8, 0.99, 0.9],
      ),
    )
    expect(lackingPower(kind)).toEqual([
      'modelled: what a budget catches goes red too seldom: total time against reference: 90 % on average',
    ])
  })

  test('never by one run alone', () => {
    expect(lackingPower([powerOf('axios small-4: CPU time against reference', [0])])).toEqual([])
  })
})
