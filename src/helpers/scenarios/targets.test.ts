import { describe, expect, test } from 'vitest'
import { ScenarioError, scenario } from './scenario.ts'
import { mswTarget, routes, serverTarget } from './targets.ts'

const withTarget = (target: unknown) => () =>
  scenario({ name: 'mine', inFlight: 1, target: target as ReturnType<typeof routes> })

const here = (file: string): string => new URL(file, import.meta.url).href

describe('a target of one’s own', () => {
  test('crosses to other processes as data', () => {
    const targets = [
      routes(import.meta.url, [{ path: '/items/42', bodyFile: './targets.test.ts' }]),
      serverTarget(import.meta.url, './scenario.ts', 'app'),
      mswTarget(import.meta.url, './scenario.ts', 'handlers', { origin: 'https://api.example.com' }),
      mswTarget(import.meta.url, './scenario.ts', 'handlers'),
    ]
    const made = targets.map((target) => withTarget(target)().target)
    expect(JSON.parse(JSON.stringify(made))).toEqual([
      { kind: 'routes', routes: [{ path: '/items/42', bodyFile: here('./targets.test.ts') }] },
      { kind: 'server', module: here('./scenario.ts'), exportName: 'app' },
      { kind: 'msw', module: here('./scenario.ts'), exportName: 'handlers', origin: 'https://api.example.com' },
      { kind: 'msw', module: here('./scenario.ts'), exportName: 'handlers', origin: 'http://localhost' },
    ])
  })

  test.each<[unknown, string]>([
    [() => {}, 'target is a function; expected what routes, serverTarget or mswTarget gives'],
    [{ listen: 1 }, 'target is {"listen":1}; expected what routes, serverTarget or mswTarget gives'],
    [
      routes([{ path: 'items' }]),
      'route 1 (items): path is "items"; expected one that begins with a slash, percent-encoded, without a fragment',
    ],
    [
      routes([{ path: '/a' }, { path: '/b c' }]),
      'route 2 (/b c): path is "/b c"; expected one that begins with a slash, percent-encoded, without a fragment',
    ],
    [routes([{ path: '/a', status: 99 }]), 'route 1 (/a): status is 99; expected 200 to 599'],
    [routes([{ path: '/a', json: 1, body: 'x' }]), 'route 1 (/a): it has json and body; expected one of them'],
    [routes([{ path: '/a', status: 204, json: 1 }]), 'route 1 (/a): a status of 204 has no body'],
    [routes([{ path: '/a', json: () => 1 }]), 'route 1 (/a): json is a function; expected a value that has one'],
    [routes([{ path: '/a', json: 1n }]), 'route 1 (/a): json cannot be written: Do not know how to serialize a BigInt'],
    [routes([{ path: '/a', delayMs: -1 }]), 'route 1 (/a): delayMs is -1; expected 0 to 60000'],
    [
      routes([{ path: '/a', method: 'FETCH' as 'GET' }]),
      'route 1 (/a): method is "FETCH"; expected one such as "POST"',
    ],
    [
      routes([{ path: '/a', headers: { 'x y': '1' } }]),
      'route 1 (/a): the header "x y": Header name must be a valid HTTP token ["x y"]',
    ],
    [
      routes([{ path: '/a', bodyFile: './scenario.ts' }]),
      'route 1 (/a): there is no file ./scenario.ts; `routes(import.meta.url, […])` takes paths relative to its module',
    ],
    [
      routes(import.meta.url, [{ path: '/a', bodyFile: './gone.json' }]),
      `route 1 (/a): there is no file ${here('./gone.json')}; \`routes(import.meta.url, […])\` takes paths relative to its module`,
    ],
    [
      serverTarget(import.meta.url, './gone.ts', 'app'),
      `there is no file ${here('./gone.ts')}; its path is relative to the module that declares the target (\`import.meta.url\`)`,
    ],
    [serverTarget(import.meta.url, './scenario.ts', ''), 'exportName is ""; expected a name'],
    [
      mswTarget(import.meta.url, './scenario.ts', 'handlers', { origin: 'https://api.example.com/v1' }),
      'origin is "https://api.example.com/v1"; expected scheme and host alone, as in "https://api.example.com"',
    ],
  ])('%#: is refused where it cannot answer', (target, problem) => {
    expect(withTarget(target)).toThrow(new ScenarioError('mine', problem))
  })

  test('cannot be a server where a mock answers', () => {
    const target = serverTarget(import.meta.url, './scenario.ts', 'app')
    const mock = { handlers: 1, requests: 'answered' } as const
    expect(() => scenario({ name: 'mine', inFlight: 1, target, mock })).toThrow(
      new ScenarioError('mine', 'a mock cannot answer as a server of the project does; leave out `target` or `mock`'),
    )
  })
})
