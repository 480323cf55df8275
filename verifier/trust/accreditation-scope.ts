import {
  CHAIN_OF_CUSTODY,
  type CustodyAttestation,
  type RulebookAttestation,
} from '@battery-passport/contexts'

/** What is granted, or asked for, in each dimension of a scope; `*` is everything. */
export interface ScopeLists {
  readonly rulebook: string
  readonly rulebookDigests?: readonly string[]
  readonly assuranceLevels: readonly string[]
  readonly engagementTypes: readonly string[]
  readonly subjectTypes: readonly string[]
  readonly stages: readonly string[]
  readonly materials: readonly string[]
  readonly countries: readonly string[]
}

/** The dimensions of a scope as a finding names them, the one that tells most first. */
const DIMENSIONS: readonly {
  readonly name: string
  readonly of: (lists: ScopeLists) => readonly string[]
}[] = [
  { name: 'rulebook', of: ({ rulebook }) => [rulebook] },
  { name: 'edition of the rulebook', of: ({ rulebookDigests }) => rulebookDigests ?? [] },
  { name: 'assurance level', of: ({ assuranceLevels }) => assuranceLevels },
  { name: 'engagement type', of: ({ engagementTypes }) => engagementTypes },
  { name: 'subject type', of: ({ subjectTypes }) => subjectTypes },
  { name: 'stage', of: ({ stages }) => stages },
  { name: 'material', of: ({ materials }) => materials },
  { name: 'country', of: ({ countries }) => countries },
]

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

/**
 * Whether one entry of a scope grants everything that is asked for, in every dimension at once: an
 * activity that is attested, or the entry of a delegated scope, which only narrows.
 */
export function isWithin(asked: ScopeLists, granted: ScopeLists): boolean {
  return DIMENSIONS.every(({ of }) => ungranted(of(asked), of(granted)).length === 0)
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

/** Why no entry of a scope grants what is asked for; null where one does. */
export function shortfall(asked: ScopeLists, scope: readonly ScopeLists[]): Shortfall | null {
  if (scope.some((entry) => isWithin(asked, entry))) return null
  let nearest: Shortfall | null = null
  for (const [index, entry] of scope.entries()) {
    if (entry.rulebook !== asked.rulebook) continue
    const gaps = gapsOf(asked, entry)
    if (nearest === null || gaps.length < nearest.gaps.length) nearest = { entry: index, gaps }
  }
  const rulebooks = [...new Set(scope.map(({ rulebook }) => rulebook))]
  const none = { dimension: 'rulebook', granted: rulebooks, ungranted: [asked.rulebook] }
  return nearest ?? { entry: null, gaps: [none] }
}

function gapsOf(asked: ScopeLists, granted: ScopeLists): ScopeGap[] {
  return DIMENSIONS.flatMap(({ name, of }) => {
    const missing = ungranted(of(asked), of(granted))
    return missing.length === 0
      ? []
      : [{ dimension: name, granted: of(granted), ungranted: missing }]
  })
}

/** Most ask for one value; long lists of a delegation are not compared each with each. */
function ungranted(asked: readonly string[], granted: readonly string[]): readonly string[] {
  if (granted.includes('*')) return []
  const values =
    asked.length < 3 ? { has: (value: string) => granted.includes(value) } : new Set(granted)
  return asked.filter((value) => !values.has(value))
}
