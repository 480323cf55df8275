import type { Activity, Conclusion, EngagementType } from '@battery-passport/contexts'
import type { PeriodName } from './pilot-dates.ts'

/** Somebody in the consortium, as the registrar knows them; the key is made by the demo. */
export interface PilotParty {
  readonly key: string
  readonly legalName: string
  readonly role: PilotRole
  readonly lei: string
  readonly ultimateParentLei: string
  readonly country: string
  readonly domain: string
}

/** What a party of the consortium is. */
export const PILOT_ROLES = [
  'scheme-owner',
  'accreditation-body',
  'assurance-body',
  'manufacturer',
  'operator',
] as const
export type PilotRole = (typeof PILOT_ROLES)[number]

/** A place where something is made. */
export interface PilotFacility {
  readonly key: string
  readonly id: string
  readonly name: string
  /** The key of the party that operates it. */
  readonly operator: string
  readonly country: string
  readonly activities: readonly Activity[]
}

/** A visit of the assessors, that many days after the end of the period. */
export interface PilotVisit {
  readonly mode: string
  readonly day: number
}

/** One engagement: one subject, one rulebook, one body. */
export interface PilotEngagement {
  /** The key of a facility, or `battery`. */
  readonly subject: string
  readonly rulebook: string
  /** The key of the assurance body. */
  readonly body: string
  readonly engagementType: EngagementType
  readonly standard: string
  readonly period: PeriodName
  /** Basis points; undefined where the whole was looked at. */
  readonly coveredShare?: number
  readonly excluded?: string
  readonly conclusion: Conclusion
  readonly qualifiedIndicators: readonly string[]
  readonly materiality: string
  readonly siteVisits: readonly PilotVisit[]
  readonly limitations?: string
}

/** A nonconformity an assurance body raised; days are counted from the end of the period. */
export interface PilotFinding {
  readonly subject: string
  readonly rulebook: string
  readonly id: string
  readonly severity: string
  readonly indicator: string
  readonly description: string
  readonly correctiveAction: string
  readonly due: number
  readonly closed?: number
}

/** An evidence file of a subject. */
export interface PilotEvidence {
  readonly subject: string
  readonly file: string
  readonly name: string
  readonly mediaType: string
  readonly accessClass: string
}

/** What a body may attest, as `accredit` takes it but for DIDs, names and dates. */
export interface PilotAccreditation {
  /** The key of the body that accredits it. */
  readonly accreditedBy: string
  readonly mayDelegate: boolean
  readonly standard: string
  readonly registrationNumber: string
  readonly scope: unknown
}

/** The fictional consortium of `examples/pilot`, as it was read. */
export interface Pilot {
  readonly folder: string
  readonly parties: readonly PilotParty[]
  readonly facilities: readonly PilotFacility[]
  readonly engagements: readonly PilotEngagement[]
  readonly findings: readonly PilotFinding[]
  readonly evidence: readonly PilotEvidence[]
  /** By the key of the body. */
  readonly accreditations: ReadonlyMap<string, PilotAccreditation>
}

/** The subject that is the battery itself. */
export const BATTERY = 'battery'
