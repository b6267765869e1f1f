import { expect, test } from 'vitest'
import { AsyncDisposables, Disposables } from './disposables.ts'

const named = (name: string, done: string[], failure?: Error): Disposable & AsyncDisposable => {
  const release = () => {
    done.push(name)
    if (failure !== undefined) throw failure
  }
  return { [Symbol.dispose]: release, [Symbol.asyncDispose]: async () => release() }
}

test('what is held is disposed of once, the latest first', async () => {
  const done: string[] = []
  const held = new Disposables()
  held.use(named('first', done))
  held.defer(() => done.push('second'))
  held[Symbol.dispose]()
  held[Symbol.dispose]()
  const later = new AsyncDisposables()
  later.use(named('third', done))
  later.use(named('fourth', done))
  await later[Symbol.asyncDispose]()
  await later[Symbol.asyncDispose]()
  expect(done).toEqual(['second', 'first', 'fourth', 'third'])
})

test('what has moved is disposed of by the other alone', async () => {
  const done: string[] = []
  const held = new Disposables()
  held.use(named('first', done))
  const later = new AsyncDisposables()
  later.use(named('second', done))
  const [moved, movedLater] = [held.move(), later.move()]
  held[Symbol.dispose]()
  await later[Symbol.asyncDispose]()
  expect(done).toEqual([])
  moved[Symbol.dispose]()
  await movedLater[Symbol.asyncDispose]()
  expect(done).toEqual(['first', 'second'])
})

test('all is disposed of where some of it fails, and every failure is told', async () => {
  const done: string[] = []
  const [one, other] = [new Error('one'), new Error('other')]
  const held = new Disposables()
  held.use(named('first', done))
  held.use(named('second', done, one))
  expect(() => held[Symbol.dispose]()).toThrow(one)
  const later = new AsyncDisposables()
  later.use(named('third', done, one))
  later.use(named('fourth', done, other))
  await expect(later[Symbol.asyncDispose]()).rejects.toMatchObject({ errors: [other, one] })
  expect(done).toEqual(['second', 'first', 'fourth', 'third'])
})
