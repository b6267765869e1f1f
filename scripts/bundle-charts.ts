/**
 * The last step of `npm run build`: puts what charts need of ECharts into the built `chart-library.js`, and the licences of what
 * is then in it beside.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'rolldown'

const root = path.join(import.meta.dirname, '..')
const folder = path.join(root, 'dist/helpers/reports/html')
const file = path.join(folder, 'chart-library.js')
/** ECharts, and zrender and d3 in it; the licence of tslib asks for nothing. */
const licences = ['echarts/NOTICE', 'echarts/LICENSE', 'echarts/licenses/LICENSE-d3', 'zrender/LICENSE']

await build({ input: file, platform: 'node', output: { file, format: 'esm', minify: true } })
const texts = licences.map((name) => `${name}\n\n${readFileSync(path.join(root, 'node_modules', name), 'utf8')}`)
writeFileSync(path.join(folder, 'chart-library.LICENSES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`))
