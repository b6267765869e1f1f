import { expect, test } from 'vitest'
import { roundedUp, type ScaleName, scales, statable } from './scales.ts'

test.each<[ScaleName, number]>([
  ['throughput', 0.05],
  ['cost', 0.3],
  ['share', 0.02],
  ['bytes', 200],
])('on the scale of %s a worsening of %d is a loss that is worth the same distance', (name, distance) => {
  const scale = scales[name]
  expect(scale.worsening(distance)).toBeLessThan(0)
  expect(scale.distanceAt(scale.worsening(distance))).toBeCloseTo(distance, 12)
  expect(scale.valueAt(scale.equal, 0)).toBe(scale.equal)
})

test('a worsening of x is throughput × (1 − x), a cost × (1 + x), and so much more of a share or of bytes', () => {
  expect(scales.throughput.valueAt(2_000, scales.throughput.worsening(0.05))).toBeCloseTo(1_900, 9)
  expect(scales.cost.valueAt(2_000, scales.cost.worsening(0.05))).toBeCloseTo(2_100, 9)
  expect(scales.share.valueAt(0, scales.share.worsening(0.05))).toBe(0.05)
  expect(scales.bytes.valueAt(0, scales.bytes.worsening(50))).toBe(50)
})

test('distances are told as specs write them', () => {
  expect(scales.throughput.inWords(0.0153)).toBe('1.53 %')
  expect(scales.share.inWords(0.004)).toBe('0.4 %')
  expect(scales.cost.inWords(1.8)).toBe('180 %')
  expect(scales.bytes.inWords(48)).toBe('48 bytes')
})

test('a distance is rounded up to two digits, so that stating it is enough', () => {
  expect([0.01141, 0.0110001, 1.84, 48, 431, 0.02].map(roundedUp)).toEqual([0.012, 0.012, 1.9, 48, 440, 0.02])
  expect(roundedUp(0)).toBe(0)
})

test('a distance that is nearly all is stated with three digits, and none that is all', () => {
  expect([0.5012, 0.9912, 0.9992, 1].map((distance) => statable(distance, 'throughput'))).toEqual([
    0.51,
    0.992,
    undefined,
    undefined,
  ])
  expect(statable(1.2, 'share')).toBeUndefined()
  expect(statable(1.23, 'cost')).toBe(1.3)
})
