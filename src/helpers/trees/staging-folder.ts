/** The folder of a project in which `wiregauge init` tries and measures what it is going to write; none of the project's code. */
export const stagingFolder = '.wiregauge-init'
