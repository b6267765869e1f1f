import { expect, test } from 'vitest'
import { randomFrom } from '../statistics/random.ts'
import { Turns } from './turns.ts'

/** Takes turns for several looks at once, each of which notes its name and ends. */
async function orderOf(looks: readonly (readonly [name: string, look: number])[], seed = 1): Promise<string[]> {
  const turns = new Turns(randomFrom(seed))
  const order: string[] = []
  await Promise.all(
    looks.map(async ([name, look]) => {
      using _turn = await turns.take(look)
      await Promise.resolve()
      order.push(name)
    }),
  )
  return order
}

test('one at a time has its turn', async () => {
  const turns = new Turns(randomFrom(1))
  let measuring = 0
  const most: number[] = []
  const measure = async (): Promise<void> => {
    using _turn = await turns.take(0)
    most.push(++measuring)
    await Promise.resolve()
    measuring--
  }
  await Promise.all([measure(), measure(), measure()])
  expect(most).toEqual([1, 1, 1])
})

test('first looks come in the order in which they were asked for', async () => {
  expect(
    await orderOf([
      ['a', 0],
      ['b', 0],
      ['c', 0],
    ]),
  ).toEqual(['a', 'b', 'c'])
})

test('a first look comes before further ones that have waited longer', async () => {
  const order = await orderOf([
    ['begun', 0],
    ['further', 1],
    ['first', 0],
  ])
  expect(order).toEqual(['begun', 'first', 'further'])
})

test('further looks come in an order that is drawn', async () => {
  const further = [1, 2, 3, 4, 5, 6].map((look) => [`look ${look}`, look] as const)
  const orders = await Promise.all([1, 2, 3, 4].map(async (seed) => (await orderOf(further, seed)).join()))
  expect(new Set(orders).size).toBeGreaterThan(1)
})

test('a turn that is ended twice lets only one other begin', async () => {
  const turns = new Turns(randomFrom(1))
  const first = await turns.take(0)
  const begun: string[] = []
  const others = ['second', 'third'].map((name) => turns.take(0).then(() => begun.push(name)))
  first[Symbol.dispose]()
  first[Symbol.dispose]()
  await others[0]
  await Promise.resolve()
  expect(begun).toEqual(['second'])
})

test('whoever asks when all have ended begins at once', async () => {
  const turns = new Turns(randomFrom(1))
  const first = await turns.take(0)
  first[Symbol.dispose]()
  using turn = await turns.take(1)
  expect(turn).toBeDefined()
})
