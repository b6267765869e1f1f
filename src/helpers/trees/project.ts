import path from 'node:path'

/** Where a project keeps what wiregauge reads and writes; all from the folder in which it is run. */
export interface Project {
  /** The folder with the `package.json`; the tree of the current arms. */
  readonly root: string
  /** Folder of the specs. */
  readonly specs: string
  readonly budgetFile: string
  /** The frozen tree of the reference arms. */
  readonly referenceTree: string
  readonly reports: string
}

/** The layout of DESIGN section 6 under a root. */
export function projectAt(root: string): Project {
  const specs = path.join(root, 'perf')
  return {
    root,
    specs,
    budgetFile: path.join(specs, 'budgets.json'),
    referenceTree: path.join(specs, 'reference'),
    reports: path.join(root, 'reports'),
  }
}
