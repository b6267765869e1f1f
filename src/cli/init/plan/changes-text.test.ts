import path from 'node:path'
import { expect, test } from 'vitest'
import { changesText } from './changes-text.ts'

const root = path.resolve('shop')

test('files that are made are shown whole, and of those that are edited what changes', () => {
  const made = { file: path.join(root, 'perf/api.ts'), text: "import 'wiregauge'\n\nexport {}\n" }
  const edited = { file: path.join(root, '.gitignore'), before: 'node_modules/\n', text: 'node_modules/\n/reports/\n' }
  expect(changesText([made, edited], root)).toBe(`  new   perf/api.ts (30 bytes)
            import 'wiregauge'

            export {}
  edit  .gitignore
            node_modules/
          + /reports/`)
})

test('what a terminal would obey is shown as text', () => {
  const made = { file: path.join(root, 'perf/api.ts'), text: '\u001b[31mred\n' }
  expect(changesText([made], root)).not.toContain('\u001b')
})
