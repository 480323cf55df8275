import type { Signer } from '@battery-passport/keys'
import type { DescribedBattery, PassportRequest } from '../compose.ts'
import { IssuanceError, type IssuanceFault } from '../errors.ts'
import type { BatteryDescription, IssueRequest } from '../issue-request.ts'
import { batteryIdOf } from './battery-id.ts'
import type { Predecessor } from './predecessor.ts'
import type { IntentRecord } from './records.ts'
import type { SeriesParts } from './series-parts.ts'
import type { StatusRegister } from './status-register.ts'

/** The request as `composePassport` takes it: with the id, the dates and the status it will have. */
export function toComposition(
  request: IssueRequest,
  intent: IntentRecord,
  predecessor: Predecessor | null,
  deps: {
    readonly signer: Signer
    readonly register: StatusRegister
    readonly parts: SeriesParts
    readonly publicBaseUrl: string
  },
): PassportRequest {
  const { name, description, battery, validFrom, validUntil } = request
  return {
    id: `${deps.publicBaseUrl}/passports/${intent.passport}`,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    issuer: deps.signer.did,
    validFrom: validFrom ?? intent.created,
    validUntil,
    credentialStatus: deps.register.entries(intent.status),
    battery: describedBattery(battery, predecessor, deps.parts),
  }
}

function describedBattery(
  described: BatteryDescription,
  predecessor: Predecessor | null,
  parts: SeriesParts,
): DescribedBattery {
  const { predecessor: _, ...own } = described
  const { product, supplyChain } = described
  const battery = { ...own, product: parts.of(product), supplyChain: parts.of(supplyChain) }
  const id = batteryIdOf(described)
  if (predecessor === null) return { ...battery, id }
  const { credential, digestMultibase } = predecessor.record
  const reference = { id: credential, type: 'BatteryPassport', digestMultibase } as const
  return { ...battery, id, predecessor: reference }
}

/** Lets faults of the passport name the place in the request that they come from. */
export function inRequestTerms<T>(compose: () => T): T {
  try {
    return compose()
  } catch (error) {
    if (!(error instanceof IssuanceError)) throw error
    const [first, ...more] = error.faults
    throw new IssuanceError(error.code, [toRequest(first), ...more.map(toRequest)])
  }
}

function toRequest({ pointer, ...fault }: IssuanceFault): IssuanceFault {
  return {
    ...fault,
    pointer: pointer
      .replace(/^\/credentialSubject\/(attestations|custody)(\/|$)/, '/$1$2')
      .replace(/^\/credentialSubject(\/|$)/, '/battery$1'),
  }
}
