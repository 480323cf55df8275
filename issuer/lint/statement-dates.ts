import { parseDay } from '@battery-passport/contexts'
import type { Rulebook } from '@battery-passport/rulebooks'
import {
  type DatedCredential,
  periodFindings,
  statementDateFindings,
} from '@battery-passport/verifier/rules'
import type { IssuanceFault } from '../errors.ts'
import { findingFault } from './finding-fault.ts'
import { orderFaults } from './shape.ts'

/**
 * The dates of a statement: after the period and the last visit and not after its signing; a
 * period as long, and a validity as short, as the rulebook asks.
 */
export function statementDateFaults(
  attestation: DatedCredential<'RulebookAttestation'>,
  rulebook: Rulebook,
): IssuanceFault[] {
  const { productionWindow } = attestation.credential.credentialSubject
  const dates = statementDateFindings(attestation)
  const isReversed = dates.some(({ code }) => code === 'PERIOD')
  const lengths = periodFindings(attestation, rulebook)
  return [
    ...dates.map((found) =>
      findingFault(found, {
        remedy:
          found.code === 'PERIOD'
            ? 'Exchange or correct the two.'
            : 'Date the statement on the day it was made, after the period and the last visit.',
      }),
    ),
    ...lengths.flatMap((found) => {
      if (found.pointer === '/validUntil') {
        return [findingFault(found, { remedy: 'Let it end earlier, and assess again in time.' })]
      }
      // A period that ends before it begins has no length to speak of.
      return isReversed ? [] : [findingFault(found, { remedy: 'Report on a longer period.' })]
    }),
    ...(productionWindow === undefined
      ? []
      : orderFaults(productionWindow, parseDay, {
          pointer: '/credentialSubject/productionWindow',
          from: 'from',
          until: 'until',
        })),
  ]
}
