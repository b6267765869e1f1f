/** Run by npm after an install: sets up the reference tree beside the project's own. */
import { projectAt } from '../src/helpers/trees/project.ts'
import { installReference } from '../src/helpers/trees/reference-tree.ts'

installReference(projectAt(process.cwd()).referenceTree, (message) => process.stderr.write(`wiregauge: ${message}\n`))
