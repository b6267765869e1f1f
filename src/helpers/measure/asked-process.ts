import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { measuringEnvironment, measuringFlags } from './environment.ts'
import { errorOf, type Failure } from './failure.ts'
import { InvalidWorkError } from './invalid-work-error.ts'
import { clearTimeout, setTimeout } from './real-time.ts'

/** Time beyond a command's own duration after which a process that says nothing is taken for blocked. */
const silenceMs = 5_000

/** The most of a failed process's error output that is quoted. */
const quotedCharacters = 600

interface Message {
  readonly type: string
}

export interface ProcessOptions {
  /** Entry file of the process. */
  readonly module: URL
  /** What it is in messages, e.g. `gateway`. Default: nothing but a process. */
  readonly role?: string
  /** Node binary. Default: that of this process. */
  readonly execPath?: string
  /** What one request may take; a command may take its own duration, this and some seconds. */
  readonly requestTimeoutMs: number
  /** Whether it leads a process group of its own, which is killed as a whole: what it has started ends with it. Default false. */
  readonly group?: boolean
  /** Kills it. */
  readonly signal: AbortSignal
}

/**
 * A fresh Node process with the flags and the environment of everything that measures. Commands are answered one at a
 * time; whatever goes wrong, a hang of the event loop and the death of the process included, arrives as
 * {@link InvalidWorkError}, what is wrong with the spec as a usage error. Disposal kills it.
 */
export class AskedProcess<Command extends Message, Answer extends Message> implements AsyncDisposable {
  /** Rejects when the process fails or ends while it is asked for nothing. Never resolves. */
  readonly failed: Promise<never>
  readonly #child: ChildProcess
  readonly #ended: Promise<string>
  readonly #options: ProcessOptions
  #errorOutput = ''
  /** What went wrong first, also between two commands. */
  #failure: Failure | undefined
  #onAnswer: ((answer: Answer | Failure) => void) | undefined

  constructor(options: ProcessOptions) {
    this.#options = options
    const { module, execPath = process.execPath, group = false, signal } = options
    this.#child = fork(fileURLToPath(module), [], {
      execPath,
      execArgv: [...measuringFlags],
      env: measuringEnvironment(process.env),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      detached: group,
      signal,
      killSignal: 'SIGKILL',
    })
    const failed = Promise.withResolvers<never>()
    this.failed = failed.promise
    // Nobody has to wait for it: whoever asks next is told as well.
    this.failed.catch(() => {})
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-quotedCharacters)
    })
    this.#child.on('message', (answer: Answer | Failure) => {
      if (isFailure(answer)) this.#failure ??= answer
      if (this.#onAnswer !== undefined) this.#onAnswer(answer)
      else if (this.#failure !== undefined) failed.reject(errorOf(this.#failure))
    })
    this.#ended = new Promise((resolve) => {
      // What runs is gone only when it is closed; until then a signal that was given, or a message not sent, is an error too.
      this.#child.on('error', (error) => {
        if (this.#child.pid === undefined) resolve(`could not be started: ${error.message}`)
      })
      this.#child.once('close', (code, killedBy) =>
        resolve(killedBy ? `was killed by ${killedBy}` : `exited with code ${code}`),
      )
    })
    this.#ended.then((how) => {
      if (this.#onAnswer === undefined) failed.reject(new InvalidWorkError(this.#death(how)))
    })
  }

  /** Its number; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid
  }

  /**
   * @param type Of the answer to the command.
   * @param durationMs What the command takes by itself.
   * @throws {InvalidWorkError} when the work was not the work.
   * @throws {UsageError} when the process says that what it was given is wrong.
   */
  async ask<Type extends Answer['type']>(
    command: Command,
    type: Type,
    durationMs = 0,
  ): Promise<Extract<Answer, { type: Type }>> {
    const { role, requestTimeoutMs } = this.#options
    const answered = Promise.withResolvers<Answer | Failure>()
    const blocked = `the event loop${role === undefined ? '' : ` of the ${role}`} was blocked in ${command.type}`
    const timer = setTimeout(
      () => answered.resolve({ type: 'invalid', reason: blocked }),
      durationMs + requestTimeoutMs + silenceMs,
    )
    if (this.#failure !== undefined) answered.resolve(this.#failure)
    this.#onAnswer = answered.resolve
    this.#child.send(command, (error) => {
      // A process that has ended says why through `#ended`, which tells more than the closed channel does.
      if (error && this.#child.connected) answered.reject(error)
    })
    const death = this.#ended.then((how): Failure => ({ type: 'invalid', reason: this.#death(how, command.type) }))
    try {
      const answer = await Promise.race([answered.promise, death])
      if (isFailure(answer)) throw errorOf(answer)
      if (answer.type === type) return answer as Extract<Answer, { type: Type }>
      throw new InvalidWorkError(`the ${role ?? 'process'} answered ${answer.type} to ${command.type}`)
    } finally {
      clearTimeout(timer)
      this.#onAnswer = undefined
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#options.group) killGroup(this.#child.pid)
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  #death(how: string, during?: string): string {
    const said = this.#errorOutput.trim()
    const place = during === undefined ? '' : ` in ${during}`
    return `the ${this.#options.role ?? 'process'} ${how}${place}${said ? `: ${said}` : ''}`
  }
}

function isFailure(answer: Message): answer is Failure {
  return answer.type === 'invalid' || answer.type === 'usage'
}

/** The number of a group stays taken while anything of it runs, its leader or not. */
function killGroup(leader: number | undefined): void {
  if (leader === undefined || process.platform === 'win32') return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
