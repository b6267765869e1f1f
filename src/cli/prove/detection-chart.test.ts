import { expect, test } from 'vitest'
import { shareOf } from '../../helpers/statistics/proportion.ts'
import { detectionChart } from './detection-chart.ts'

test('every drop has its point at the share that went red, on its interval', () => {
  const points = [
    { worsening: 0.02, share: shareOf(8, 20) },
    { worsening: 0.05, share: shareOf(20, 20) },
    { worsening: 0.1, share: shareOf(20, 20) },
  ]
  expect(detectionChart('small-4', points)).toBe(
    [
      '% red over the drop in %: small-4',
      '   ▲',
      '100┤                    ●                   ●',
      '   │                    │                   │',
      '   │                    │                   │',
      ' 75┤',
      '   │        │',
      ' 50┤        │',
      '   │        ●',
      ' 25┤        │',
      '   │        │',
      '   │',
      '  0┤─                                                           ─',
      '   └┬───────┬───────────┬───────────────────┬────────────────────▶',
      '    0       2           5                  10',
    ].join('\n'),
  )
})
