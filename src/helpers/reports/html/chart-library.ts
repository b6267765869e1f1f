/**
 * What charts need of ECharts, and nothing else of it: `npm run build` bundles this file, because the whole library takes
 * 67 MB of an installation and this takes half of one.
 */
export { BarChart, LineChart, ScatterChart } from 'echarts/charts'
export { GridComponent, MarkLineComponent } from 'echarts/components'
export { type EChartsCoreOption, init, use } from 'echarts/core'
export { SVGRenderer } from 'echarts/renderers'
