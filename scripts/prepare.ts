/** Run by npm after an install, from the workspace `runtime`: sets up the reference tree beside the project's own. */
import path from 'node:path'
import { projectAt } from '../src/helpers/trees/project.ts'
import { installReference } from '../src/helpers/trees/reference-tree.ts'

const { referenceTree } = projectAt(path.join(import.meta.dirname, '..'))
installReference(referenceTree, (message) => process.stderr.write(`wiregauge: ${message}\n`))
