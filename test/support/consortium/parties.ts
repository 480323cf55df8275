import { generateSigner, type Signer } from '@battery-passport/keys'
import { seededSigner } from './seeded-signer.ts'

/** Someone who speaks in the consortium, with a key made for this run and kept nowhere. */
export interface Party {
  /** A short name, part of the ids of what it issues. */
  readonly key: string
  readonly legalName: string
  readonly lei: string
  readonly ultimateParentLei: string
  readonly signer: Signer
  readonly did: string
}

/** A place where something is made. */
export interface Facility {
  readonly id: string
  readonly country: string
  readonly operator: Party
}

/** Everybody in the fictional consortium. */
export interface Parties {
  /** The trust anchor of role scheme-owner. */
  readonly schemeOwner: Party
  /** The trust anchor of role registrar. */
  readonly registrar: Party
  /** Accredited by the scheme owner; may delegate. */
  readonly accreditationBody: Party
  /** Environment of facilities, at both levels. */
  readonly climateBody: Party
  /** People at facilities, limited assurance alone, not in every country. */
  readonly socialBody: Party
  /** Batteries alone. */
  readonly productBody: Party
  readonly miner: Party
  readonly refiner: Party
  readonly cellMaker: Party
  /** The manufacturer of the battery: it issues the passport. */
  readonly packMaker: Party
}

const NAMES: Readonly<Record<keyof Parties, string>> = {
  schemeOwner: 'Battery Scheme Association (fictional)',
  registrar: 'Company Register Office (fictional)',
  accreditationBody: 'Accreditation Council (fictional)',
  climateBody: 'Climate Assurance Ltd (fictional)',
  socialBody: 'Social Audit SA (fictional)',
  productBody: 'Product Certification GmbH (fictional)',
  miner: 'Salar Mining (fictional)',
  refiner: 'Nickel Refining Oy (fictional)',
  cellMaker: 'Cell Works Kft (fictional)',
  packMaker: 'Pack Maker SE (fictional)',
}

/**
 * New parties with new keys.
 *
 * @param seed what the keys follow from, where everything must be made again to the byte
 */
export function makeParties(
  algorithm: 'Ed25519' | 'P-256' = 'Ed25519',
  seed: string | null = null,
  didMethod: 'key' | 'web' = 'key',
): Parties {
  const party = (key: keyof Parties, index: number): Party => {
    const name = didMethod === 'web' ? `did:web:${key.toLowerCase()}.example` : undefined
    const signer =
      seed === null
        ? generateSigner(algorithm, name)
        : seededSigner(`${seed} ${key}`, algorithm, name)
    return {
      key,
      legalName: NAMES[key],
      lei: `FICTIONAL000000${String(index).padStart(3, '0')}00`,
      ultimateParentLei: `FICTIONALGROUP0${String(index).padStart(3, '0')}00`,
      signer,
      did: signer.did,
    }
  }
  return {
    schemeOwner: party('schemeOwner', 1),
    registrar: party('registrar', 2),
    accreditationBody: party('accreditationBody', 3),
    climateBody: party('climateBody', 4),
    socialBody: party('socialBody', 5),
    productBody: party('productBody', 6),
    miner: party('miner', 7),
    refiner: party('refiner', 8),
    cellMaker: party('cellMaker', 9),
    packMaker: party('packMaker', 10),
  }
}

/** The four facilities, by what they do. */
export interface Facilities {
  readonly mine: Facility
  readonly refinery: Facility
  readonly cellPlant: Facility
  readonly packPlant: Facility
}

export function facilitiesOf(parties: Parties): Facilities {
  return {
    mine: { id: 'urn:epc:id:sgln:9506000.11101.0', country: 'CL', operator: parties.miner },
    refinery: { id: 'urn:epc:id:sgln:9506000.22202.0', country: 'FI', operator: parties.refiner },
    cellPlant: {
      id: 'urn:epc:id:sgln:9506000.33303.0',
      country: 'HU',
      operator: parties.cellMaker,
    },
    packPlant: {
      id: 'urn:epc:id:sgln:9506000.44404.0',
      country: 'DE',
      operator: parties.packMaker,
    },
  }
}
