import { formatInstant } from '@battery-passport/contexts'
import {
  type Clock,
  type DecodedDocument,
  type DecodedInput,
  decodeInput,
  type Finding,
  isOfType,
  type Notice,
  type StatusList,
  type Verifier,
} from '@battery-passport/verifier'
import { supersedes } from '../list-order.ts'
import type { Store } from '../store/store.ts'
import { evidenceChange } from './accept-evidence.ts'
import type { EvidencePool } from './evidence-pool.ts'
import { ServiceError } from './service-error.ts'

/**
 * Takes a newer edition of another issuer's status list in the place of the one at hand, with the
 * notices it names: without them, what it withdraws would be open.
 *
 * @throws {ServiceError} LIST_REFUSED with every finding, LIST_UNKNOWN, LIST_NOT_NEWER
 */
export async function acceptList(
  bytes: Uint8Array,
  deps: {
    readonly store: Store
    readonly pool: EvidencePool
    readonly verifier: Verifier
    readonly clock: Clock
  },
): Promise<{ readonly list: StatusList; readonly findings: readonly Finding[] }> {
  const { store, pool, verifier, clock } = deps
  const verdict = await verifier.verifyCredential(bytes)
  if (verdict.outcome !== 'accepted') {
    throw new ServiceError('LIST_REFUSED', 'The status list is not accepted.', {
      findings: verdict.findings,
    })
  }
  const { list, notices } = publicationOf(decodeInput(bytes))
  await pool.writing.run(async () => {
    checkPlace(list, pool)
    const at = formatInstant(clock.now())
    const reason = { action: 'list-replaced', subject: list.id, at } as const
    const fresh = [list, ...notices.filter(({ digestMultibase }) => !pool.has(digestMultibase))]
    await store.commit(
      fresh.map((each) => evidenceChange(each, at)),
      reason,
    )
    pool.add(fresh)
  })
  const ids = new Set(notices.map(({ id }) => id))
  // Nothing was looked at by itself that a notice could be about.
  return { list, findings: verdict.findings.filter(({ credential }) => !ids.has(credential)) }
}

/** The list of a body, and what came with it: each by its digest one that the list names. */
function publicationOf({ documents }: DecodedInput): {
  readonly list: StatusList
  readonly notices: readonly Notice[]
} {
  const [first, ...others] = documents
  if (!first?.ok || !isOfType(first.secured, 'BitstringStatusListCredential')) {
    throw noPublication('a BitstringStatusListCredential first', first)
  }
  const list = first.secured
  const { notices: named = [] } = list.credential.credentialSubject
  const digests = new Set(named.map(({ digestMultibase }) => digestMultibase))
  const notices = others.map((each) => {
    if (
      !each.ok ||
      !isOfType(each.secured, 'WithdrawalNotice') ||
      !digests.has(each.secured.digestMultibase)
    ) {
      throw noPublication('nothing besides but the notices that the list names', each)
    }
    return each.secured
  })
  return { list, notices }
}

function noPublication(expected: string, document: DecodedDocument | undefined): ServiceError {
  const { pointer } = (document?.ok ? document.secured : document) ?? { pointer: '' }
  const found =
    document === undefined
      ? 'nothing'
      : document.ok
        ? `${document.secured.type} ${document.secured.id}`
        : 'what cannot be read'
  const remedy = 'Send one list a request, alone or in a presentation with its notices.'
  return new ServiceError('LIST_REFUSED', 'The body is no status list with its notices.', {
    faults: [{ pointer, expected, found, remedy }],
  })
}

/** Whether the list takes the place of an older edition of its own issuer, or of none. */
function checkPlace(list: StatusList, pool: EvidencePool): void {
  const current = pool.list(list)
  if (current === undefined && !pool.knowsIssuer(list.issuer)) {
    const expected = 'an issuer whose attestation, accreditation or identity is stored'
    throw new ServiceError('LIST_UNKNOWN', 'No stored credential can stand in this list.', {
      faults: [
        {
          pointer: '/issuer',
          expected,
          found: list.issuer,
          remedy:
            'Submit the credentials of this issuer first, or send the list to whom it concerns.',
        },
      ],
    })
  }
  if (current === undefined || supersedes(list, current)) return
  if (current.digestMultibase === list.digestMultibase) return
  throw new ServiceError(
    'LIST_NOT_NEWER',
    'The list at hand was signed later, or at the same time and withdraws no less.',
    {
      faults: [
        {
          pointer: '/proof/created',
          expected: `later than ${formatInstant(current.created)}`,
          found: formatInstant(list.created),
          remedy: 'Send the newest edition; ask its issuer to sign one if this is it.',
        },
      ],
    },
  )
}
