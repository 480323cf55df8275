import { code, percent } from './generate-markdown.ts'
import {
  ANODE_SURPLUS,
  GRAPHITE_CAPACITY,
  rawMasses,
  TYPICAL_CELLS,
} from './generate-material-masses.ts'
import type { Method, Rulebook } from './rulebook.ts'

/** Why a rulebook weighs more than an equal share. */
const WEIGHT_REASONS: Readonly<Record<string, string>> = {
  'greenhouse-gas': 'it reaches over every stage and the battery itself',
  'human-rights': 'it also carries safety, wages and due diligence as a whole',
}

/** What an equal share would be, which rulebooks have more and why, and the least that one has. */
export function weightSentences(
  { rulebooks }: Method,
  titles: ReadonlyMap<string, string>,
): string {
  const equal = 10_000 / rulebooks.length
  const heavier = rulebooks.filter(({ weight }) => weight > equal)
  const reasons = heavier.map(({ key }) => {
    const reason = WEIGHT_REASONS[key]
    if (reason === undefined) throw new Error(`say why ${key} weighs more than an equal share`)
    return `“${titles.get(key) ?? key}” has more because ${reason}`
  })
  const least = Math.min(...rulebooks.map(({ weight }) => weight))
  return [
    `Equal shares would be ${rounded(equal)} each.`,
    ...(reasons.length === 0 ? [] : [`${reasons.join('; ')}.`]),
    `None has less than ${percent(least)}, so that neglect of one subject cannot be made good by a little more of another.`,
  ].join(' ')
}

/** How much of a score is what happens, and how much the management that should prevent harm. */
export function pillarSentences({ pillars }: Method): string {
  const { environment, social, governance } = pillars
  return `${percent(environment + social)} of a score is what happens to nature and to people, ${percent(governance)} the management that should prevent harm. Management is asked about in every rulebook, so it would otherwise win by repetition.`
}

/** Where the caps of gates that hold for the whole battery lie. */
export function productCapSentence(method: Method, rulebooks: readonly Rulebook[]): string {
  const above = method.gradeBands[1]?.from ?? 10_000
  const higher = rulebooks
    .flatMap(({ indicators }) => indicators)
    .filter(({ gate }) => gate?.level === 'product' && gate.cap >= above)
    .map(({ id }) => code(id))
  const exception = higher.length === 0 ? '' : `, but for ${higher.join(', ')}`
  return `The caps of level product lie in the lowest grade${exception}.`
}

/** Which stages the chemistries have, and which of them are divided into materials. */
export function stageSentences({ chemistries }: Method): string {
  const stages = Object.values(chemistries).flatMap((chemistry) => chemistry.stages)
  const keys = [...new Set(stages.map(({ key }) => key))]
  const divided = keys.filter((key) =>
    stages.some((stage) => stage.key === key && stage.materials !== 'none'),
  )
  return `The stages are ${listed(keys)}; the pseudo-stage \`product\` is the battery itself. Divided into materials: ${listed(divided)}; a material without suppliers in the passport is unknown. Electrolyte, separator, binders and housings other than their metals are not looked at.`
}

/** How the weights of materials follow from their masses. */
export function massSentences(): string {
  const [cobalt, chemistry] = lightestCobalt()
  const surplus = Math.round((ANODE_SURPLUS - 1) * 100)
  return `Half of a weight is the share by mass, half an equal part: by mass alone cobalt would be ${rounded(cobalt)} of the raw materials of ${chemistry}, and with it most of what is known about child labour in mining. Rounded to whole percents. The masses, in grams for each kilowatt-hour of capacity, follow from the formula of a typical cathode, its capacity and mean voltage, from graphite of ${GRAPHITE_CAPACITY} Ah/kg with ${surplus} % surplus, and for copper and aluminium from the order of the bills of materials in public models (Argonne National Laboratory, GREET and BatPaC), rounded.`
}

/** The least share of the raw materials that cobalt has in a chemistry with cobalt, and there. */
function lightestCobalt(): readonly [basisPoints: number, chemistry: string] {
  const shares = Object.entries(TYPICAL_CELLS).flatMap(([chemistry, cell]) => {
    const masses = rawMasses(cell)
    const total = [...masses.values()].reduce((sum, mass) => sum + mass, 0)
    const cobalt = masses.get('cobalt')
    return cobalt === undefined ? [] : [[(10_000 * cobalt) / total, chemistry] as const]
  })
  const [least] = shares.sort(([a], [b]) => a - b)
  if (least === undefined) throw new Error('no chemistry has cobalt: take another example')
  return least
}

/** As a percentage with one digit after the point. */
function rounded(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(1)} %`
}

function listed(keys: readonly string[]): string {
  const [last = 'none', ...before] = keys.map(code).reverse()
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`
}
