import type {
  ExplainedIndicator,
  ExplainedMaterial,
  ExplainedSubject,
  Explanation,
} from '@battery-passport/rulebooks'
import { DEPTHS, type Depth } from '../depth-option.ts'
import { answerText } from './answer-text.ts'
import { percent, points } from './figures.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'

interface Interval {
  readonly value: number
  readonly upper: number
}

/**
 * The derivation of a score as an indented tree: product, rulebook, stage, material, facility,
 * indicator. A facility stands under each of its materials: its answers are told once.
 */
export function explanationTree(explanation: Explanation, depth: Depth): string {
  const lines: string[] = []
  const drawing: Drawing = {
    shows: (level) => DEPTHS.indexOf(level) <= DEPTHS.indexOf(depth),
    put(level, text) {
      const indent = '  '.repeat(level + 1)
      lines.push(wrap(plain(text), indent, `${indent}    `))
    },
    told: new Map(),
  }
  const { shows, put } = drawing
  for (const { pillar, weight, of, cells, ...interval } of explanation.pillars) {
    put(0, `${pillar}: ${span(interval)}, weight ${fraction(weight, of)}`)
    for (const cell of cells) {
      put(1, `${cell.rulebook}: ${span(cell)}, weight ${fraction(cell.weight, cell.of)}`)
    }
  }
  for (const rulebook of explanation.rulebooks) {
    lines.push('')
    const { key, version, caps, stages } = rulebook
    put(0, `${key} ${version}: ${span(rulebook)}, weight ${percent(rulebook.weight)}`)
    for (const cap of caps) put(1, capText(cap))
    if (!shows('stages')) continue
    for (const stage of stages) {
      put(1, `${stage.stage}: ${span(stage)}, weight ${fraction(stage.weight, stage.of)}`)
      if (!shows('materials')) continue
      for (const material of stage.materials) putMaterial(stage.stage, material, drawing)
    }
  }
  return lines.join('\n')
}

interface Drawing {
  shows(level: Depth): boolean
  put(level: number, text: string): void
  /** Where the answers were told, by what they say. */
  readonly told: Map<string, string>
}

function putMaterial(stage: string, material: ExplainedMaterial, drawing: Drawing): void {
  const { shows, put } = drawing
  const { weight, of, facilities, uncovered } = material
  const isDivided = material.material !== null
  if (isDivided) {
    put(2, `${material.material}: ${span(material)}, weight ${fraction(weight, of)}`)
  }
  if (!shows('facilities')) return
  const level = isDivided ? 3 : 2
  const site = material.material === null ? stage : `${material.material} ${stage}`
  for (const subject of facilities) putSubject(subject, level, site, drawing)
  if (uncovered !== undefined) {
    put(
      level,
      `${percent(uncovered.share)} from nobody who is listed: unknown, would add ${points(uncovered.raises)}`,
    )
  }
}

function putSubject(
  subject: ExplainedSubject,
  level: number,
  site: string,
  drawing: Drawing,
): void {
  const { shows, put, told } = drawing
  const { facility, row, share, credential, raises, excluded, caps, indicators } = subject
  put(
    level,
    [
      `${facility ?? 'the battery'}: ${span(subject)}`,
      ...(row === null ? [] : [`share ${percent(share)} (/credentialSubject/supplyChain/${row})`]),
      credential === null ? 'not attested' : `by ${credential}`,
      ...(raises === undefined ? [] : [`would add ${points(raises)}`]),
    ].join(', '),
  )
  for (const cap of caps) put(level + 1, capText(cap))
  if (excluded !== undefined) {
    put(
      level + 1,
      `${percent(excluded.share)} outside the attested boundary: unknown, would add ${points(excluded.raises)}`,
    )
  }
  if (!shows('indicators') || credential === null) return
  const texts = indicators.map(indicatorText)
  const key = [credential, ...texts].join('\n')
  const before = told.get(key)
  if (before !== undefined) {
    put(level + 1, `by the same answers as for ${before}`)
    return
  }
  told.set(key, site)
  for (const text of texts) put(level + 1, text)
}

function indicatorText(indicator: ExplainedIndicator): string {
  const { indicator: id, source } = indicator
  const where = source === null ? '' : `, ${source.pointer}`
  const answer = source === null ? null : answerText(source.answered)
  switch (indicator.status) {
    case 'known': {
      const doubt = indicator.reason === undefined ? '' : ', uncertain'
      return `${id}: ${span(indicator.points)}${answer === null ? '' : ` for ${answer}`}, ${indicator.assuranceLevel} assurance${doubt}${where}`
    }
    case 'not-applicable':
      return `${id}: not applicable (${indicator.condition})${where}`
    case 'unknown':
      return `${id}: unknown (${indicator.reason})${answer === null ? '' : `, answered ${answer}`}, would add ${points(indicator.raises)}${where}`
  }
}

function capText(cap: {
  readonly indicator: string
  readonly cap: number
  readonly state: string
}) {
  return cap.state === 'holds'
    ? `zero tolerance not met by ${cap.indicator}: at most ${points(cap.cap)}`
    : `zero tolerance not shown for ${cap.indicator}: at most ${points(cap.cap)} until it is`
}

function span({ value, upper }: Interval): string {
  return value === upper ? points(value) : `${points(value)} to ${points(upper)}`
}

/** A weight among its siblings; the exact one is a fraction, which `--json` has. */
function fraction(weight: number, of: number): string {
  const basisPoints = Math.floor((weight * 10_000) / of)
  const isExact = basisPoints * of === weight * 10_000
  return isExact ? percent(basisPoints) : `about ${percent(basisPoints)}`
}
