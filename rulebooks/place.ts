import type { AttestedAnswers } from './evaluation-input.ts'
import type { Leaf } from './leaf.ts'
import { PRODUCT_STAGE } from './pillars.ts'
import type { RulebookPlan, Site } from './plan.ts'
import { WHOLE_SHARE } from './shares.ts'
import { siteKey } from './site-key.ts'
import type { StatementIndex } from './statements.ts'
import { answerPlaces, worthOf } from './worth.ts'

/** What is imagined where nothing is known: anything, or (to see what it could bring) the best. */
export type Beyond = 'unknown' | 'best'

/** One subject in its place: a facility in a (stage, material), or the battery in `product`. */
export interface PlacedSubject {
  /** The facility's id; null is the battery. */
  readonly facility: string | null
  /** The index of its row in the supply chain; null for the battery. */
  readonly row: number | null
  readonly share: number
  readonly statement: AttestedAnswers | null
  /** How much of the subject the statement looked at, in basis points. */
  readonly coveredShare: number
  readonly excluded: Beyond
  /** One for each of the site's indicators, in their order. */
  readonly leaves: readonly Leaf[]
}

/** A (stage, material) with the subjects that supply it, and the share nobody is listed for. */
export interface PlacedSite {
  readonly site: Site
  readonly subjects: readonly PlacedSubject[]
  readonly uncovered: number
  readonly remainder: Beyond
}

/** A supply-chain row with its index. */
export interface IndexedRow {
  readonly facility: string
  readonly share: number
  readonly row: number
}

/** Supply-chain rows by the (stage, material) they stand in. */
export type RowsBySite = ReadonlyMap<string, readonly IndexedRow[]>

/** Puts each row of the supply chain, with what was attested about it, into the rulebook's sites. */
export function placeSites(
  plan: RulebookPlan,
  rows: RowsBySite,
  statements: StatementIndex,
): PlacedSite[] {
  const { key } = plan.loaded.rulebook
  return plan.sites.map((site) => {
    const place = siteKey(site.stage, site.material)
    const subjects =
      site.stage === PRODUCT_STAGE
        ? [placeSubject(site, BATTERY, statements.find(key, null, place))]
        : (rows.get(place) ?? []).map((row) =>
            placeSubject(site, row, statements.find(key, row.facility, place)),
          )
    const covered = subjects.reduce((sum, { share }) => sum + share, 0)
    return { site, subjects, uncovered: WHOLE_SHARE - covered, remainder: 'unknown' }
  })
}

/** The one subject of the stage `product`. */
const BATTERY = { facility: null, row: null, share: WHOLE_SHARE } as const

function placeSubject(
  site: Site,
  { facility, row, share }: Pick<PlacedSubject, 'facility' | 'row' | 'share'>,
  statement: AttestedAnswers | null,
): PlacedSubject {
  const places = statement === null ? null : answerPlaces(statement)
  const partial = statement?.boundary.kind === 'partial' ? statement.boundary : null
  return {
    facility,
    row,
    share,
    statement,
    coveredShare: partial === null ? WHOLE_SHARE : partial.coveredShare,
    excluded: 'unknown',
    leaves: site.indicators.map((indicator) =>
      statement === null || places === null
        ? { state: 'unknown', reason: 'not-covered', result: null }
        : worthOf(indicator, statement, places),
    ),
  }
}
