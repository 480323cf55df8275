import { digestMultibase } from '@battery-passport/contexts'
import { LIMITS } from '@battery-passport/verifier'
import type { Consortium, Signed } from '../../test/support/consortium.ts'
import type { HostileInput } from './hostile-input.ts'

/** Mines of the same lithium, so many that all their attestations stand in one passport. */
const MINES = 180

/** Everything right, and nearly as many attestations as a passport may rest on. */
export async function maximalPresentation(consortium: Consortium): Promise<HostileInput> {
  const { mine } = consortium.facilities
  const others: Signed<'RulebookAttestation'>[] = []
  const ofMines: Signed<'RulebookAttestation'>[] = []
  for (const [index, attestation] of consortium.attestations.entries()) {
    const spec = consortium.specs[index]
    if (spec?.facility !== mine) {
      others.push(attestation)
      continue
    }
    const { evidenceFiles } = attestation.secured.credential.credentialSubject
    for (let number = 0; number < MINES; number++) {
      const id = `${attestation.id}-${number}`
      const change = {
        credential: { id, credentialStatus: consortium.board.entriesFor(spec.by, id) },
        subject: {
          id: mineId(number),
          activities: [{ stage: 'mining', material: 'lithium' }],
          evidenceFiles: evidenceFiles.map((file) => ({
            ...file,
            digestMultibase: digestMultibase(id),
          })),
        },
      }
      ofMines.push(await consortium.attestation(spec, change))
    }
  }
  const attestations = [...others, ...ofMines]
  if (attestations.length > LIMITS.attestations)
    throw new Error(`${attestations.length} attestations`)
  const supplyChain = [
    ...consortium.supplyChain.filter(({ facility }) => facility !== mine.id),
    ...Array.from({ length: MINES }, (_, number) => ({
      facility: mineId(number),
      stage: 'mining',
      material: 'lithium',
      share: Math.floor(10_000 / MINES),
      custodyModel: 'segregated' as const,
    })),
  ]
  const passport = await consortium.passport({}, { attestations, supplyChain })
  const bytes = await consortium.presentation({ passport, attestations })
  const name = `all in order: ${attestations.length} attestations of ${MINES + 3} facilities`
  return { name, bytes, door: 'passport', outcome: 'accepted' }
}

function mineId(number: number): string {
  return `urn:epc:id:sgln:9506000.${String(50_000 + number)}.0`
}

/** The same with a change to the last credential: refused when all others were walked. */
export function changedAtTheEnd({ bytes, ...input }: HostileInput): HostileInput {
  const text = new TextDecoder().decode(bytes)
  const at = text.lastIndexOf('"validUntil":"2') + '"validUntil":"2026-10-0'.length
  const changed = new TextEncoder().encode(`${text.slice(0, at)}6${text.slice(at + 1)}`)
  return { ...input, bytes: changed, name: 'the same, the last list changed', outcome: 'rejected' }
}
