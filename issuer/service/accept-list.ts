import { formatInstant } from '@battery-passport/contexts'
import {
  type Clock,
  decodeInput,
  type Finding,
  isOfType,
  type StatusList,
  type Verifier,
} from '@battery-passport/verifier'
import { supersedes } from '../list-order.ts'
import type { Store } from '../store/store.ts'
import { evidenceChange } from './accept-evidence.ts'
import type { EvidencePool } from './evidence-pool.ts'
import { ServiceError } from './service-error.ts'

/**
 * Takes a newer edition of another issuer's status list in the place of the one at hand.
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
  const { documents } = decodeInput(bytes)
  const [first] = documents
  if (
    documents.length !== 1 ||
    !first?.ok ||
    !isOfType(first.secured, 'BitstringStatusListCredential')
  ) {
    const found = documents.map((each) => (each.ok ? each.secured.type : 'unreadable')).join(', ')
    const expected = 'one BitstringStatusListCredential'
    throw new ServiceError('LIST_REFUSED', 'The body is no status list.', {
      faults: [{ pointer: '', expected, found, remedy: 'Send one list a request.' }],
    })
  }
  const list = first.secured
  await pool.writing.run(async () => {
    checkPlace(list, pool)
    const at = formatInstant(clock.now())
    const reason = { action: 'list-replaced', subject: list.id, at } as const
    await store.commit([evidenceChange(list, at)], reason)
    pool.add([list])
  })
  return { list, findings: verdict.findings }
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
