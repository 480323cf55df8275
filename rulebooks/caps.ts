import type { GateState, Leaf } from './leaf.ts'
import type { PlacedSite, PlacedSubject } from './place.ts'
import type { Site } from './plan.ts'
import { WHOLE_SHARE } from './shares.ts'

/** A gate that is not open, and the most it leaves, in basis points. */
export interface Cap {
  readonly indicator: string
  readonly cap: number
  readonly state: Exclude<GateState, 'open'>
}

/** The facility gates of one subject that hold or may hold. They bind every pillar of it. */
export function facilityCaps({ facilityGates }: Site, subject: PlacedSubject): Cap[] {
  const caps: Cap[] = []
  for (const { at, indicator, cap } of facilityGates) {
    const state = gateState(subject, subject.leaves[at])
    if (state !== 'open') caps.push({ indicator, cap, state })
  }
  return caps
}

/**
 * The product gates that hold for any listed subject, or may. That a share is small does not help:
 * child labour at a supplier of 1 % is child labour in the battery.
 */
export function productCaps(sites: readonly PlacedSite[], deMinimis: number): Cap[] {
  const caps = new Map<string, Cap>()
  for (const { site, subjects, uncovered, remainder } of sites) {
    for (const { at, indicator, cap } of site.productGates) {
      const isLeft = uncovered > deMinimis && remainder === 'unknown'
      let state: GateState = isLeft ? 'may-hold' : 'open'
      for (const subject of subjects) state = worse(state, gateState(subject, subject.leaves[at]))
      state = worse(state, caps.get(indicator)?.state ?? 'open')
      if (state !== 'open') caps.set(indicator, { indicator, cap, state })
    }
  }
  return [...caps.values()]
}

/** A gate that the covered part has not met may still be met in the part the boundary left out. */
function gateState(subject: PlacedSubject, leaf: Leaf | undefined): GateState {
  const state = leaf?.state === 'known' ? leaf.gate : 'may-hold'
  if (state !== 'open') return state
  return subject.coveredShare < WHOLE_SHARE && subject.excluded === 'unknown' ? 'may-hold' : 'open'
}

function worse(a: GateState, b: GateState): GateState {
  if (a === 'holds' || b === 'holds') return 'holds'
  return a === 'may-hold' ? a : b
}
