import { expect, test } from 'vitest'
import { drawn, styleOf } from './chart.ts'

test('a picture is scalable, has its words, and colours that the page names', () => {
  const { text } = drawn(
    {
      xAxis: { type: 'category', data: ['a'], axisLabel: { color: 'var(--ink)' } },
      yAxis: { type: 'value' },
      series: [{ type: 'bar', data: [1], itemStyle: { color: 'var(--series-1)' } }],
    },
    'one bar',
    100,
  )
  expect(text).toMatch(/^<svg role="img" aria-label="one bar" [^>]*viewBox="0 0 \d+ 100"/)
  expect(text).toContain('fill="var(--series-1)"')
  expect(text).toContain('fill="var(--ink)"')
})

test('what words hold stays text', () => {
  const { text } = drawn({ xAxis: {}, yAxis: {}, series: [] }, '$& $` "><script>', 100)
  expect(text).toMatch(/^<svg role="img" aria-label="\$&amp; \$` &quot;&gt;&lt;script&gt;" /)
  expect(text.match(/<svg/g)).toHaveLength(1)
})

test('no two of eighteen series look alike', () => {
  const styles = Array.from({ length: 18 }, (_, place) => JSON.stringify(styleOf(place)))
  expect(new Set(styles).size).toBe(18)
})
