import type { Manifest } from '../detect/manifest.ts'
import { testScriptOf } from './scripts.ts'

/**
 * How the script `test` of a project starts Vitest: plainly, so that it runs every project of the configuration with all
 * reporters; otherwise, with options or filters; or not at all as far as can be told. Without a script it is going to be plain.
 */
export type UseOfVitest = 'plain' | 'otherwise' | 'none'

/** Vitest without anything that it is told. */
const plain = /^(?:npx |pnpm (?:exec )?|yarn )?vitest(?: run)?$/

/** Another script of the project, and what that is told besides. */
const another = /^(?:npm (?:run|run-script)|(?:pnpm|yarn)(?: run)?) ([\w:.-]+)(?: --)?( .+)?$/

export function useOfVitest(manifest: Manifest): UseOfVitest {
  const test = testScriptOf(manifest)
  if (test === undefined) return 'plain'
  const commands = commandsIn(test).flatMap((command) => ledTo(command, manifest.scripts ?? {}))
  // In another folder it is another project's.
  const staysHere = !commands.some((command) => command.startsWith('cd '))
  if (staysHere && commands.some((command) => plain.test(command))) return 'plain'
  return commands.some((command) => /\bvitest\b/.test(command)) ? 'otherwise' : 'none'
}

/** What a script that is one command leads to, one level down. */
function ledTo(command: string, scripts: Readonly<Record<string, string>>): readonly string[] {
  const [, name = '', more = ''] = another.exec(command) ?? []
  const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined
  return script === undefined ? [command] : commandsIn(`${script}${more}`)
}

/** Commands that run one after the other, each if that before it went well; what else a shell knows stays in them. */
function commandsIn(script: string): readonly string[] {
  return script.split('&&').map((each) => each.trim().replaceAll(/\s+/g, ' '))
}
