import { type Command, CommanderError, Help, type Option } from 'commander'
import type { CommandDeps } from './command-deps.ts'
import { CommandError, EXIT, type ExitCode } from './errors.ts'
import { createProgram } from './program.ts'
import { complaintsText } from './report/complaints.ts'
import { unknownOptionsText } from './unknown-options.ts'

/** Runs one call of `battery-passport` and answers its exit code. It never throws. */
export async function run(
  argv: readonly string[],
  surroundings: Omit<CommandDeps, 'exitWith'>,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.done
  const deps: CommandDeps = {
    ...surroundings,
    exitWith: (answer) => {
      code = answer
    },
  }
  let program: Command | undefined
  try {
    program = await createProgram(argv, deps)
    answerThrough(program, deps)
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (program !== undefined && isOptionMissing(error)) deps.err(unknownOptionsText(program, argv))
    return failed(error, deps)
  }
}

/**
 * Commander would print to the process and end it; here it prints to `deps` and throws. A command
 * that was added takes over nothing from the program it was added to.
 */
function answerThrough(command: Command, deps: CommandDeps): void {
  command
    .exitOverride()
    .configureOutput({ writeOut: deps.out, writeErr: deps.err, getOutHelpWidth: () => 100 })
    .configureHelp({ optionDescription: describedOption })
    .showHelpAfterError('Run it with --help to see how it is used.')
  for (const child of command.commands) answerThrough(child, deps)
}

/** An option that may be repeated begins as an empty list, which tells nobody anything. */
function describedOption(option: Option): string {
  return new Help().optionDescription(option).replace(' (default: [])', '')
}

function isOptionMissing(error: unknown): boolean {
  return error instanceof CommanderError && error.code === 'commander.missingMandatoryOptionValue'
}

function failed(error: unknown, { err, env }: CommandDeps): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof CommandError) {
    err(complaintsText(error.complaints))
    return error.exitCode
  }
  const message = error instanceof Error ? error.message : String(error)
  err(
    complaintsText([
      {
        what: `Internal error: ${message}`,
        remedy: 'Please report it; BATTERY_PASSPORT_DEBUG=1 prints where it happened.',
      },
    ]),
  )
  if (env.BATTERY_PASSPORT_DEBUG === '1' && error instanceof Error) err(`${error.stack}\n`)
  return EXIT.internal
}
