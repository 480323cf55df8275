import type { PassportVerdict } from '@battery-passport/verifier'
import type { PrintedVerdict } from '@battery-passport/verifier/schemas'
import { refusal } from '../errors.ts'
import type { Answer } from './buyer.ts'
import type { ExpectedFinding } from './fraud.ts'

const EXIT_CODES = { accepted: 0, rejected: 1, indeterminate: 2 } as const

/**
 * Holds a verdict against what the demo said it would be: outcome and exit code, and of errors and
 * unknowns exactly those. A rejection for another reason is a fault, too.
 *
 * @throws {CommandError} refused: it is not as said
 */
export function expectVerdict(
  title: string,
  { exitCode, verdict }: Answer,
  outcome: PassportVerdict['outcome'],
  expected: readonly ExpectedFinding[],
): void {
  const passport = verdict.chain[0]?.credential ?? ''
  const decisive = verdict.findings.filter(
    ({ severity }) => severity === 'error' || severity === 'unknown',
  )
  const wanted = expected.map(({ code, on }) => `${code} on the ${on}`)
  const found = new Set(decisive.map((finding) => nameOf(finding, passport)))
  const isAsSaid =
    verdict.outcome === outcome &&
    exitCode === EXIT_CODES[outcome] &&
    found.size === new Set(wanted).size &&
    wanted.every((each) => found.has(each))
  if (isAsSaid) return
  throw refusal({
    what: `The verdict is not as said: ${title}.`,
    where: 'battery-passport verify',
    expected: `${outcome}, exit code ${EXIT_CODES[outcome]}${listed(wanted)}`,
    found: `${verdict.outcome}, exit code ${exitCode}${listed([...found])}`,
    remedy: decisive
      .map(({ code, credential, detail }) => `${code} ${credential}: ${detail}`)
      .join('\n')
      .slice(0, 2000),
  })
}

function nameOf(
  { code, credential }: PrintedVerdict['findings'][number],
  passport: string,
): string {
  return `${code} on the ${credential === passport ? 'passport' : 'attestation'}`
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? '' : `, ${names.join(', ')}`
}
