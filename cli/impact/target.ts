import { isUri } from '@battery-passport/contexts'
import {
  answeredIndicators,
  decodeInput,
  type SecuredCredential,
  type Withdrawable,
} from '@battery-passport/verifier'
import { assertBeginning, type NoticeFlags } from '../desk/notice-options.ts'
import { type CommandError, usageError } from '../errors.ts'
import { readFileBytes } from '../input/read-file.ts'
import { findingComplaint } from '../input/read-secured.ts'

/** The options that say what is supposed to be withdrawn. */
export interface TargetFlags extends Pick<NoticeFlags, 'indicator' | 'effectiveFrom' | 'voidFrom'> {
  readonly of: string
}

/** What is supposed to be withdrawn, as it was named. */
export interface Target {
  readonly text: string
  readonly withdrawn: Withdrawable
  /** Whether it was shown as a document, so that it cannot be misspelt. */
  readonly isShown: boolean
}

const THUMBPRINT = /^zQm[1-9A-HJ-NP-Za-km-z]{40,50}$/

/**
 * What `--of` names: a DID, the name or thumbprint of a key, the id of a credential, or a file with
 * one.
 *
 * @throws {CommandError} usage: it is none, or cannot be withdrawn in part or at all
 */
export async function readTarget(flags: TargetFlags): Promise<Target> {
  const { of: text, indicator = [], effectiveFrom, voidFrom } = flags
  assertBeginning(flags)
  const instant = effectiveFrom ?? voidFrom
  const since = instant === undefined ? {} : { since: instant }
  const part = indicator.length === 0 ? {} : { indicators: indicator }
  const isDid = text.startsWith('did:')
  if (isDid || THUMBPRINT.test(text)) {
    if (indicator[0] !== undefined) throw noPart(isDid ? 'an issuer or key' : 'a key', indicator[0])
    const isKey = !isDid || text.includes('#')
    const withdrawn = isKey ? { key: text, ...since } : { did: text, ...since }
    return { text, withdrawn, isShown: false }
  }
  if (isUri(text)) {
    return { text, withdrawn: { credential: text, ...part, ...since }, isShown: false }
  }
  const shown = await readShown(text)
  assertWithdrawable(shown, indicator)
  const { id, issuer } = shown
  const withdrawn = { credential: id, issuer, ...part, ...since }
  return { text: id, withdrawn, isShown: true }
}

/**
 * Only what has a status can be withdrawn, and only an attestation in part: of what it answers.
 *
 * @throws {CommandError} usage
 */
export function assertWithdrawable(
  credential: SecuredCredential,
  indicators: readonly string[],
): void {
  const { type } = credential
  if (type === 'BitstringStatusListCredential' || type === 'WithdrawalNotice') {
    throw usageError({
      what: `A ${type} is not withdrawn: its issuer publishes the next one.`,
      where: '--of',
      expected: 'an identity, accreditation, attestation or passport, a DID or a key',
      found: credential.id,
      remedy: 'Name the credential that it speaks of, or the DID that signed it.',
    })
  }
  const answered = answeredIndicators(credential)
  if (answered === null) {
    if (indicators[0] !== undefined) throw noPart(`a ${type}`, indicators[0])
    return
  }
  const unknown = indicators.filter((each) => !answered.has(each))
  if (unknown.length === 0) return
  throw usageError({
    what: 'The attestation does not answer this, so nobody can withdraw it.',
    where: '--indicator',
    expected: `among ${[...answered].join(', ')}`,
    found: unknown.join(', '),
    remedy: 'Name indicators as the attestation does.',
  })
}

function noPart(what: string, indicator: string): CommandError {
  return usageError({
    what: `There is no part of ${what} to be withdrawn.`,
    where: '--indicator',
    expected: 'an attestation with --of',
    found: indicator,
    remedy: 'Leave --indicator out, or name the attestation that gives this answer.',
  })
}

/** The first credential of a file. */
async function readShown(file: string): Promise<SecuredCredential> {
  const { documents, findings } = decodeInput(await readFileBytes(file))
  const [first] = documents
  if (first?.ok) return first.secured
  const complaints = [...findings, ...(first?.findings ?? [])]
  throw usageError(...complaints.map((each) => findingComplaint(each, file)))
}
