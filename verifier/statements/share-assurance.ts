import {
  ASSURANCE_LEVELS,
  type AssuranceLevel,
  type CustodyAttestation,
  type SupplyChainRow,
} from '@battery-passport/contexts'

/** A custody attestation, as far as the assurance of shares depends on it. */
export interface AssuredShares {
  readonly credential: {
    readonly credentialSubject: Pick<
      CustodyAttestation['credentialSubject'],
      'supplyChain' | 'assuranceLevel'
    >
  }
}

/** A row with the custody attestation that covers it, if one does. */
export interface CoveredRow<T extends AssuredShares> {
  readonly row: SupplyChainRow
  readonly level: AssuranceLevel
  /** The first that covers it; a passport that rests on several for one row is refused. */
  readonly by: T | null
}

/**
 * How far the shares are assured: the lowest level of all rows, `none` if any is covered by no
 * custody attestation.
 */
export function shareAssuranceOf(
  rows: readonly SupplyChainRow[],
  custody: readonly AssuredShares[],
): AssuranceLevel {
  // Most batteries have none.
  if (custody.length === 0) return 'none'
  const levels = coveredRows(rows, custody).map(({ level }) => level)
  return ASSURANCE_LEVELS.find((level) => levels.includes(level)) ?? 'none'
}

/** What covers each row: a row of a custody attestation that is equal in all five members. */
export function coveredRows<T extends AssuredShares>(
  rows: readonly SupplyChainRow[],
  custody: readonly T[],
): readonly CoveredRow<T>[] {
  const covering = new Map<string, T>()
  for (const each of custody) {
    for (const row of each.credential.credentialSubject.supplyChain) {
      const key = rowKey(row)
      if (!covering.has(key)) covering.set(key, each)
    }
  }
  return rows.map((row) => {
    const by = covering.get(rowKey(row)) ?? null
    return { row, by, level: by?.credential.credentialSubject.assuranceLevel ?? 'none' }
  })
}

/** All that makes two rows the same: facility, stage, material, share and custody model. */
export function rowKey({ facility, stage, material, share, custodyModel }: SupplyChainRow): string {
  return JSON.stringify([facility, stage, material ?? null, share, custodyModel])
}
