import {
  CHAIN_OF_CUSTODY,
  type CustodyAttestation,
  type RulebookAttestation,
} from '@battery-passport/contexts'
import { missingDimensions } from './scope-index.ts'
import { SCOPE_DIMENSIONS, type ScopeLists } from './scope-lists.ts'

/**
 * What an attestation demands of its accreditation: one demand an activity, with all it states. A
 * dimension that it does not have, such as the country of a battery, demands nothing.
 */
export function demandsOf({ credentialSubject: subject }: RulebookAttestation): ScopeLists[] {
  const levels = new Set<string>()
  for (const result of subject.results) {
    if (result.answer !== 'not-assessed' && result.assuranceLevel !== 'none') {
      levels.add(result.assuranceLevel)
    }
  }
  const common = {
    rulebook: subject.rulebook.key,
    rulebookDigests: [subject.rulebook.digestMultibase],
    assuranceLevels: [...levels],
    engagementTypes: [subject.engagement.engagementType],
    subjectTypes: [subject.type],
  }
  if (subject.type === 'Battery') {
    return [{ ...common, stages: ['product'], materials: [], countries: [] }]
  }
  return subject.activities.map(({ stage, material }) => ({
    ...common,
    stages: [stage],
    materials: material === undefined ? [] : [material],
    countries: [subject.country],
  }))
}

/**
 * What a custody attestation demands of its accreditation: one demand a row. It names no edition of
 * a rulebook, no type of engagement and no country, and so demands nothing there.
 */
export function custodyDemandsOf({ credentialSubject: subject }: CustodyAttestation): ScopeLists[] {
  return subject.supplyChain.map(({ stage, material }) => ({
    rulebook: CHAIN_OF_CUSTODY,
    assuranceLevels: [subject.assuranceLevel],
    engagementTypes: [],
    subjectTypes: [subject.type],
    stages: [stage],
    materials: material === undefined ? [] : [material],
    countries: [],
  }))
}

/** A dimension in which a scope does not grant what is asked for. */
export interface ScopeGap {
  readonly dimension: string
  /** What the scope grants there. */
  readonly granted: readonly string[]
  /** What of that which is asked for it does not grant. */
  readonly ungranted: readonly string[]
}

/** Where the entry of a scope that grants most of what is asked for falls short of it. */
export interface Shortfall {
  /** Its index; null where no entry is for the rulebook. */
  readonly entry: number | null
  readonly gaps: readonly ScopeGap[]
}

/**
 * Why no entry of a scope grants, in every dimension at once, what is asked for: an activity that is
 * attested, or the entry of a delegated scope, which only narrows; null where one does.
 */
export function shortfall(asked: ScopeLists, scope: readonly ScopeLists[]): Shortfall | null {
  const missing = missingDimensions(asked, scope)
  if (missing.includes(0)) return null
  let nearest: ScopeLists | null = null
  let entry = 0
  let fewest = Number.POSITIVE_INFINITY
  for (const [index, count] of missing.entries()) {
    const each = scope[index]
    if (each?.rulebook !== asked.rulebook || count >= fewest) continue
    nearest = each
    entry = index
    fewest = count
  }
  if (nearest !== null) return { entry, gaps: gapsOf(asked, nearest) }
  const rulebooks = [...new Set(scope.map(({ rulebook }) => rulebook))]
  const gap = { dimension: 'rulebook', granted: rulebooks, ungranted: [asked.rulebook] }
  return { entry: null, gaps: [gap] }
}

function gapsOf(asked: ScopeLists, granted: ScopeLists): ScopeGap[] {
  return SCOPE_DIMENSIONS.flatMap(({ name, of }) => {
    const values = new Set(of(granted))
    const missing = values.has('*') ? [] : of(asked).filter((value) => !values.has(value))
    return missing.length === 0
      ? []
      : [{ dimension: name, granted: of(granted), ungranted: missing }]
  })
}
