import { nearest } from '@battery-passport/contexts'
import type { Command } from 'commander'

/**
 * The options of a call that its command does not have, each with the one most likely meant. Commander
 * looks for required options first: who misspells one would be told only that it is missing.
 *
 * @returns lines of text; empty if there are none
 */
export function unknownOptionsText(program: Command, argv: readonly string[]): string {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  const command = calledCommand(program, words)
  const known = ['--help', ...command.options.flatMap(({ long }) => long ?? [])]
  const given = words.flatMap((word) => /^--[a-z][^=]*/i.exec(word)?.[0] ?? [])
  return [...new Set(given)]
    .filter((option) => !known.includes(option))
    .map((option) => {
      const meant = nearest(option, known)
      const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
      return `There is no option ${option}.${hint}\n`
    })
    .join('')
}

/** The command that a call leads to, through the commands above it. */
function calledCommand(program: Command, words: readonly string[]): Command {
  const [name, ...rest] = words.filter((word) => !word.startsWith('-'))
  const child = program.commands.find((each) => each.name() === name)
  return child === undefined ? program : calledCommand(child, rest)
}
