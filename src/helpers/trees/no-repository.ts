/**
 * Why git finds no repository around a folder, by what it printed: also one of another owner, or with a broken configuration, is
 * there and cannot be read.
 *
 * @param outside What is added where there is none at all, as only that is mended by another folder or a new repository.
 */
export function whyNoRepository(folder: string, stderr: string, outside: string): string {
  return /not a git repository/.test(stderr)
    ? `${folder} is not in a git repository${outside}`
    : `git cannot read the repository of ${folder}: ${stderr.trim()}`
}
