import { unexpected } from '../src/cli/unexpected.ts'
import { exitCodes } from '../src/helpers/budgets/exit-code.ts'

/** From here on a script ends as the command does: what was wrong in one line, and the exit code of DESIGN section 5. */
export function endAsCommand(): void {
  process.on('uncaughtException', (error: Error & { readonly code?: unknown }) => {
    const code = String(error.code ?? '')
    const isForeseen = code.startsWith('WIREGAUGE_') || code.startsWith('ERR_PARSE_ARGS_')
    console.error(isForeseen ? error.message : unexpected(error))
    process.exit(code === 'WIREGAUGE_INTERRUPTED' ? exitCodes.interrupted : exitCodes.usage)
  })
}
