import { digestOfDocument, preview, type SchemaFault, valueAt } from '@battery-passport/contexts'
import { parseWebDid } from '@battery-passport/keys'
import { pinnedDocumentFault } from './pinned-did-documents.ts'
import type { DidDocumentPin, VerificationPolicy } from './policy-schema.ts'

/** What is wrong with the DID documents of a policy that its schema cannot say. */
export function didDocumentFaults({ didDocuments = [] }: VerificationPolicy): SchemaFault[] {
  return didDocuments.flatMap((pin, index) => [
    ...faultsOf(pin).map(({ pointer, ...rest }) => ({
      pointer: `/didDocuments/${index}${pointer}`,
      ...rest,
    })),
    ...overlaps(pin, didDocuments.slice(0, index), index),
  ])
}

function faultsOf(pin: DidDocumentPin) {
  const { did, document, digestMultibase, validFrom = '', validUntil = '~' } = pin
  const faults: SchemaFault[] = []
  if (did.startsWith('did:key:')) {
    const expected = 'a DID of another method: a did:key is its own document'
    faults.push({ pointer: '/did', expected, found: did })
  }
  const web = did.startsWith('did:web:') ? parseWebDid(did) : null
  if (web?.ok === false) {
    faults.push({ pointer: '/did', expected: web.expected, found: did })
  }
  if (validUntil < validFrom) {
    const expected = `an instant not before ${validFrom}`
    faults.push({ pointer: '/validUntil', expected, found: validUntil })
  }
  if (document === undefined) return faults
  const fault = pinnedDocumentFault(did, document)
  if (fault !== null) {
    const { pointer, expected, detail } = fault
    faults.push({
      pointer: `/document${pointer}`,
      expected: expected ?? `the DID document of ${did} with a key for claims`,
      found: expected === null ? detail : preview(valueAt(document, pointer)),
    })
  }
  const digest = digestOfDocument(document)
  if (digestMultibase !== undefined && digestMultibase !== digest) {
    faults.push({ pointer: '/digestMultibase', expected: digest, found: digestMultibase })
  }
  return faults
}

/** Two documents of one DID at one time could list two keys under one name. */
function overlaps(
  pin: DidDocumentPin,
  before: readonly DidDocumentPin[],
  index: number,
): SchemaFault[] {
  const { did, validFrom = '', validUntil = '~' } = pin
  const other = before.find(
    (each) =>
      each.did === did &&
      (each.validFrom ?? '') <= validUntil &&
      validFrom <= (each.validUntil ?? '~'),
  )
  if (other === undefined) return []
  return [
    {
      pointer: `/didDocuments/${index}`,
      expected:
        'each DID once at a time, the documents one after another by validFrom and validUntil',
      found: `${did} again`,
    },
  ]
}
