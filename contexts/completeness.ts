import { ANNEX_XIII_PUBLIC, type AnnexXiiiField, type RequirementLevel } from './annex-xiii.ts'
import { valueAt } from './json-pointer.ts'
import type { Category } from './names.ts'
import { CATEGORIES } from './names.ts'
import { preview } from './preview.ts'
import type { ProductData } from './product.ts'
import { parseDay } from './time.ts'

/** From this day a battery placed on the market or put into service must have a passport (Article 77(1)). */
export const PASSPORT_OBLIGATION_FROM = '2027-02-18'

/** What a passport says about itself and its battery, as far as completeness goes. */
export interface PassportContent {
  readonly id?: string
  readonly model?: string
  readonly batch?: string
  readonly category?: string
  readonly chemistry?: string
  readonly manufacturer?: string
  readonly manufacturedOn?: string
  readonly product?: ProductData
}

/**
 * How a field stands: `not-filled` is an absent field that is not to be filled, which is as it
 * should be.
 */
export type FieldState = 'present' | 'missing' | 'filled-although-not-to-be-filled' | 'not-filled'

/** One field's line of the report. */
export interface CompletenessLine {
  readonly field: string
  readonly title: string
  readonly point: string
  readonly citation: string
  readonly level: RequirementLevel
  readonly state: FieldState
  /** Where the passport's subject says it, as JSON pointers; empty if nowhere. */
  readonly pointers: readonly string[]
}

/** Which public fields of Annex XIII a passport fills, for its category and day. */
export interface CompletenessReport {
  readonly category: Category
  readonly dateOfApplication: string
  /** `voluntary` before the obligation applies; the levels are then what would be demanded. */
  readonly standing: 'obligatory' | 'voluntary'
  /** No mandatory field is missing and nothing is filled that is not to be. */
  readonly complete: boolean
  readonly lines: readonly CompletenessLine[]
}

/**
 * Reports which public fields of Annex XIII the passport's subject fills, for a battery category
 * and the day the battery is placed on the market or put into service (`YYYY-MM-DD`).
 *
 * @throws RangeError if the category has no passport or the day does not exist.
 * @see Regulation (EU) 2023/1542 Article 77(1) and (2), Annex XIII point 1
 */
export function completenessReport(
  content: PassportContent,
  category: Category,
  dateOfApplication: string,
): CompletenessReport {
  if (!CATEGORIES.includes(category)) {
    throw new RangeError(
      `category: expected one of ${CATEGORIES.join(', ')} (Article 77(1)), found ${preview(category)}`,
    )
  }
  const day = parseDay(dateOfApplication)
  if (day === null) {
    throw new RangeError(
      `date of application: expected a calendar day YYYY-MM-DD, found ${preview(dateOfApplication)}`,
    )
  }
  const lines = ANNEX_XIII_PUBLIC.map((field) => lineOf(field, content, category))
  return {
    category,
    dateOfApplication,
    standing: day < (parseDay(PASSPORT_OBLIGATION_FROM) ?? 0) ? 'voluntary' : 'obligatory',
    complete: lines.every(
      ({ level, state }) =>
        state !== 'filled-although-not-to-be-filled' &&
        (level !== 'mandatory' || state === 'present'),
    ),
    lines,
  }
}

function lineOf(
  { field, title, point, citation, levels, pointers }: AnnexXiiiField,
  content: PassportContent,
  category: Category,
): CompletenessLine {
  const filled = pointers.filter((pointer) => valueAt(content, pointer) !== undefined)
  const level = levels[category]
  return { field, title, point, citation, level, state: stateOf(level, filled), pointers: filled }
}

function stateOf(level: RequirementLevel, filled: readonly string[]): FieldState {
  if (level === 'not-to-be-filled') {
    return filled.length > 0 ? 'filled-although-not-to-be-filled' : 'not-filled'
  }
  return filled.length > 0 ? 'present' : 'missing'
}
