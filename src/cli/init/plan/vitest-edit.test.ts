import { describe, expect, test } from 'vitest'
import { withBudgetProject } from './vitest-edit.ts'

const edited = (text: string) => withBudgetProject(text, 'vitest.config.ts', 'budgetProject()')

describe('the project of the budgets stands', () => {
  test('beside the tests of a plain configuration, which keep all their settings', () => {
    expect(
      edited(`import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'jsdom' as const,
    setupFiles: ['./setup.ts'],
  },
})
`),
    ).toBe(`import { defineConfig } from 'vitest/config'
import { configDefaults } from 'vitest/config'
import { budgetProject } from 'wiregauge/vitest/project'

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', exclude: [...configDefaults.exclude, 'perf/**'] } },
      budgetProject(),
    ],
    reporters: ['default', 'wiregauge/vitest/reporter'],
    environment: 'jsdom' as const,
    setupFiles: ['./setup.ts'],
  },
})
`)
  })

  test('at the end of projects that have files of their own, with the reporters that are there', () => {
    expect(
      edited(`export default {
  test: {
    reporters: ['dot'],
    projects: ['packages/*', { test: { name: 'unit', include: ['src/**/*.test.ts'] } }],
  },
};
`),
    ).toBe(`import { budgetProject } from 'wiregauge/vitest/project'
export default {
  test: {
    reporters: ['dot', 'wiregauge/vitest/reporter'],
    projects: ['packages/*', { test: { name: 'unit', include: ['src/**/*.test.ts'] } }, budgetProject()],
  },
};
`)
  })

  test('in the style of the file: line ends with semicolons, tabs, one line', () => {
    expect(
      edited(
        `import { defineConfig } from 'vitest/config';\nexport default defineConfig({ test: { globals: true } });\n`,
      ),
    ).toBe(
      `import { defineConfig } from 'vitest/config';
import { configDefaults } from 'vitest/config';
import { budgetProject } from 'wiregauge/vitest/project';
export default defineConfig({ test: { projects: [ { extends: true, test: { name: 'unit', exclude: [...configDefaults.exclude, 'perf/**'] } }, budgetProject(), ], reporters: ['default', 'wiregauge/vitest/reporter'], globals: true } });
`,
    )
    expect(edited('export default {\n\ttest: {\n\t\tglobals: true,\n\t},\n}\n')).toContain(
      '\n\t\tprojects: [\n\t\t\t{ extends',
    )
  })
})

test.each([
  ['is a function', 'export default defineConfig(() => ({ test: {} }))'],
  ['is merged', 'export default mergeConfig(one, { test: {} })'],
  ['has no tests', 'export default defineConfig({ plugins: [] })'],
  ['names the whole', `export default { test: { name: 'all' } }`],
  ['has projects that may take any file', `export default { test: { projects: [{ test: { name: 'unit' } }] } }`],
  [
    'has projects of the folder of the specs',
    `export default { test: { projects: [{ test: { include: ['perf/**'] } }] } }`,
  ],
  ['has projects that come from elsewhere', 'export default { test: { projects } }'],
  ['has reporters that come from elsewhere', 'export default { test: { reporters: own } }'],
  ['spreads what comes from elsewhere among its tests', 'export default { test: { ...shared, globals: true } }'],
  ['spreads what comes from elsewhere around its tests', 'export default { test: { globals: true }, ...shared }'],
  ['is no code', 'export default {'],
])('a configuration that %s is left as it is', (_, text) => {
  expect(edited(text)).toBeUndefined()
})
