import { expect, test } from 'vitest'
import type { Unit } from '../budgets/verdict.ts'
import {
  count,
  countOf,
  intervalInUnit,
  inUnit,
  minuteOf,
  percent,
  signedCount,
  signedPercent,
  signedPoints,
} from './figures.ts'

test('counts have separators and no fractions', () => {
  expect([0, 999.4, 12_345.6, 1_000_000].map(count)).toEqual(['0', '999', '12,346', '1,000,000'])
})

test('so many of something are told by one or by several', () => {
  expect([0, 1, 1_200].map((value) => countOf(value, 'budget'))).toEqual(['0 budgets', '1 budget', '1,200 budgets'])
})

test('moments are told to the minute', () => {
  expect(minuteOf('2026-11-22T13:00:59.999Z')).toBe('2026-11-22 13:00 UTC')
})

test('counts below 0, of differences, have a minus, and no zero has one', () => {
  expect([-1_234.4, -0.4].map(count)).toEqual(['−1,234', '0'])
})

test('differences have a sign, of counts as of shares', () => {
  expect([5_310, -2, 0].map(signedCount)).toEqual(['+5,310', '−2', '+0'])
  expect([0.0125, -0.004, -0.00001].map(signedPoints)).toEqual(['+1.25 points', '−0.40 points', '+0.00 points'])
})

test('changes have a sign, and none of them is a negative zero', () => {
  expect([0.012, -0.154, 0, -0.0001, -0.0006, 1.5].map(signedPercent)).toEqual([
    '+1.2 %',
    '−15.4 %',
    '+0.0 %',
    '+0.0 %',
    '−0.1 %',
    '+150.0 %',
  ])
})

test('shares below a tenth have a digit behind the point', () => {
  expect([0.23, 0.1, 0.0999, 0.012, 1.4].map(percent)).toEqual(['23 %', '10 %', '10.0 %', '1.2 %', '140 %'])
})

test.each<[number, Unit, string]>([
  [0.98765, 'ratio', '0.988 ×'],
  [12_345.6, 'requests/s', '12,346 requests/s'],
  [75_120.444, 'bytes per request', '75,120.44 bytes per request'],
  [189, 'bytes per request', '189 bytes per request'],
  [4, 'connections', '4 connections'],
  [0.004, 'connections per request', '0 connections per request'],
  [-41.2, 'bytes per request', '−41.2 bytes per request'],
  [0.01254, 'share of batches', '1.25 % of batches'],
  [-0.0005, 'share of batches', '−0.05 % of batches'],
  [11, 'listeners', '11 listeners'],
])('%d in the unit %s is %s', (value, unit, text) => {
  expect(inUnit(value, unit)).toBe(text)
})

test('what scatters has its interval, and what is counted only its value', () => {
  const ratio = { estimate: 0.85, low: 0.8412, high: 0.8589, level: 0.95 }
  expect(intervalInUnit(ratio, 'ratio')).toBe('0.850 × (95 % interval 0.841 … 0.859)')
  const rate = { estimate: 2_000, low: 1_800.4, high: 2_200.6, level: 0.95 }
  expect(intervalInUnit(rate, 'requests/s')).toBe('2,000 requests/s (95 % interval 1,800 … 2,201)')
  const share = { estimate: 0.0104, low: -0.002, high: 0.0228, level: 0.95 }
  expect(intervalInUnit(share, 'share of batches')).toBe('1.04 % of batches (95 % interval −0.2 … 2.28)')
  const retained = { estimate: 12.4, low: -40.6, high: 65.4, level: 0.95 }
  expect(intervalInUnit(retained, 'bytes per request')).toBe('12.4 bytes per request (95 % interval −41 … 65)')
  expect(intervalInUnit({ estimate: 4, low: 4, high: 4, level: 1 }, 'connections')).toBe('4 connections')
})
