import { parseInstant, WITHDRAWAL_REASONS, type WithdrawalReason } from '@battery-passport/contexts'
import type { NoticeTerms } from '@battery-passport/issuer'
import type { Command } from 'commander'
import { repeated } from '../commands/options.ts'
import { type CommandError, usageError } from '../errors.ts'

/** The options that say what everybody is told of a withdrawal. */
export interface NoticeFlags {
  readonly because?: string
  readonly description?: string
  readonly indicator?: readonly string[]
  readonly effectiveFrom?: string
  readonly voidFrom?: string
}

/** Adds `--because`, which publishes a notice, and what else a notice says. */
export function addNoticeOptions(command: Command, isForGood: boolean): Command {
  command
    .option(
      '--because <reason>',
      `publish a withdrawal notice: ${WITHDRAWAL_REASONS.join(', ')}; without one it counts from the beginning`,
    )
    .option('--description <text>', 'what the notice tells everybody besides')
    .option('--effective-from <instant>', 'from when on it is not to be relied on; default: now')
  if (!isForGood) return command
  return command
    .option('--void-from <instant>', 'from when on it is void, instead of --effective-from')
    .option(
      '--indicator <id>',
      'withdraw this answer of an attestation alone; may be repeated',
      repeated,
      [],
    )
}

/**
 * What the notice says, or none.
 *
 * @throws {CommandError} usage
 */
export function noticeTerms(flags: NoticeFlags): NoticeTerms | undefined {
  const { because, description, indicator = [], effectiveFrom, voidFrom } = flags
  const given = [
    ['--description', description],
    ['--effective-from', effectiveFrom],
    ['--void-from', voidFrom],
    ['--indicator', indicator[0]],
  ].flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (because === undefined) {
    if (given.length === 0) return undefined
    throw usageError({
      what: 'Only a notice can say this, and a notice says why.',
      where: given.join(', '),
      expected: `--because with one of ${WITHDRAWAL_REASONS.join(', ')}`,
      found: 'no --because',
      remedy: 'Say why with --because.',
    })
  }
  assertBeginning(flags)
  return {
    reason: reasonOf(because),
    ...(description === undefined ? {} : { description }),
    ...(indicator.length === 0 ? {} : { indicators: indicator }),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    ...(voidFrom === undefined ? {} : { voidFrom }),
  }
}

/**
 * A withdrawal begins once, at an instant.
 *
 * @throws {CommandError} usage
 */
export function assertBeginning({
  effectiveFrom,
  voidFrom,
}: Pick<NoticeFlags, 'effectiveFrom' | 'voidFrom'>): void {
  if (effectiveFrom !== undefined && voidFrom !== undefined) {
    throw usageError({
      what: 'A withdrawal begins once.',
      where: '--effective-from, --void-from',
      expected: 'one of the two',
      found: 'both',
      remedy: 'Take --void-from where what was said was never true, else --effective-from.',
    })
  }
  for (const [where, instant] of [
    ['--effective-from', effectiveFrom],
    ['--void-from', voidFrom],
  ] as const) {
    if (instant !== undefined && parseInstant(instant) === null) throw noInstant(where, instant)
  }
}

function reasonOf(because: string): WithdrawalReason {
  const reason = WITHDRAWAL_REASONS.find((each) => each === because)
  if (reason !== undefined) return reason
  throw usageError({
    what: 'A notice knows no such reason.',
    where: '--because',
    expected: `one of ${WITHDRAWAL_REASONS.join(', ')}`,
    found: because,
    remedy: 'Take the one that fits best, and say more with --description.',
  })
}

function noInstant(where: string, found: string): CommandError {
  return usageError({
    what: 'This is no instant.',
    where,
    expected: 'RFC 3339 with Z, such as 2026-10-01T00:00:00Z',
    found,
    remedy: 'Write it so.',
  })
}
