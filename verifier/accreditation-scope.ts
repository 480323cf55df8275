import type { AccreditationScope, RulebookAttestation } from '@battery-passport/contexts'

/** One thing an accreditation must cover: an activity of one attestation, with all it states. */
export interface ScopeDemand {
  readonly rulebook: string
  readonly rulebookDigest: string | null
  readonly assuranceLevels: readonly string[]
  readonly engagementType: string
  readonly subjectType: string
  readonly stage: string
  /** Null where stage or subject has none. */
  readonly material: string | null
  /** Null for a battery: countries are not tested. */
  readonly country: string | null
}

/** What an attestation demands of its accreditation: one demand an activity. */
export function demandsOf({ credentialSubject: subject }: RulebookAttestation): ScopeDemand[] {
  const levels = new Set<string>()
  for (const result of subject.results) {
    if (result.answer !== 'not-assessed' && result.assuranceLevel !== 'none') {
      levels.add(result.assuranceLevel)
    }
  }
  const common = {
    rulebook: subject.rulebook.key,
    rulebookDigest: subject.rulebook.digestMultibase,
    assuranceLevels: [...levels],
    engagementType: subject.engagement.engagementType,
    subjectType: subject.type,
  }
  if (subject.type === 'Battery') {
    return [{ ...common, stage: 'product', material: null, country: null }]
  }
  return subject.activities.map(({ stage, material }) => ({
    ...common,
    stage,
    material: material ?? null,
    country: subject.country,
  }))
}

/** Whether one entry of a scope covers a demand in every dimension at once. */
export function covers(entry: AccreditationScope, demand: ScopeDemand): boolean {
  return (
    entry.rulebook === demand.rulebook &&
    (demand.rulebookDigest === null || includes(entry.rulebookDigests, demand.rulebookDigest)) &&
    demand.assuranceLevels.every((level) => includes(entry.assuranceLevels, level)) &&
    includes(entry.engagementTypes, demand.engagementType) &&
    includes(entry.subjectTypes, demand.subjectType) &&
    any(entry.stages, demand.stage) &&
    (demand.material === null || any(entry.materials, demand.material)) &&
    (demand.country === null || any(entry.countries, demand.country))
  )
}

/** Whether an entry lies wholly within another: scope only narrows along a delegation. */
export function isWithin(inner: AccreditationScope, outer: AccreditationScope): boolean {
  return (
    inner.rulebook === outer.rulebook &&
    subset(inner.rulebookDigests ?? [], outer.rulebookDigests ?? []) &&
    subset(inner.assuranceLevels, outer.assuranceLevels) &&
    subset(inner.engagementTypes, outer.engagementTypes) &&
    subset(inner.subjectTypes, outer.subjectTypes) &&
    subset(inner.stages, outer.stages) &&
    subset(inner.materials, outer.materials) &&
    subset(inner.countries, outer.countries)
  )
}

function includes(values: readonly string[] | undefined, value: string): boolean {
  return values?.includes(value) ?? false
}

function any(values: readonly string[], value: string): boolean {
  return values.includes('*') || values.includes(value)
}

function subset(inner: readonly string[], outer: readonly string[]): boolean {
  if (outer.includes('*')) return true
  const granted = new Set(outer)
  return inner.every((value) => granted.has(value))
}
