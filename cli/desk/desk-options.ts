import type { Command } from 'commander'

/** The options that name a desk. */
export interface DeskFlags {
  readonly desk: string
  readonly statusBase?: string
}

/** Adds `--desk`, and `--status-base` for the first use. */
export function addDeskOptions(command: Command): Command {
  return command
    .requiredOption('--desk <dir>', 'folder in which this body keeps its lists and what it issued')
    .option('--status-base <url>', 'https URL or URN of its status lists: makes the desk if needed')
}
