import type {
  ExplainedIndicator,
  ExplainedMaterial,
  ExplainedSubject,
  Explanation,
} from '@battery-passport/rulebooks'
import { percent, points } from './figures.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'

/** How far down a derivation is shown, from the top. */
export const DEPTHS = ['rulebooks', 'stages', 'materials', 'facilities', 'indicators'] as const
export type Depth = (typeof DEPTHS)[number]

interface Interval {
  readonly value: number
  readonly upper: number
}

/** The derivation of a score as an indented tree: product, rulebook, stage, material, facility, indicator. */
export function explanationTree(explanation: Explanation, depth: Depth): string {
  const shows = (level: Depth) => DEPTHS.indexOf(level) <= DEPTHS.indexOf(depth)
  const lines: string[] = []
  const put = (level: number, text: string) => {
    const indent = '  '.repeat(level + 1)
    lines.push(wrap(plain(text), indent, `${indent}    `))
  }
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
      for (const material of stage.materials) putMaterial(material, shows, put)
    }
  }
  return lines.join('\n')
}

type Put = (level: number, text: string) => void

function putMaterial(material: ExplainedMaterial, shows: (level: Depth) => boolean, put: Put) {
  const { weight, of, facilities, uncovered } = material
  const isDivided = material.material !== null
  if (isDivided) {
    put(2, `${material.material}: ${span(material)}, weight ${fraction(weight, of)}`)
  }
  if (!shows('facilities')) return
  const level = isDivided ? 3 : 2
  for (const subject of facilities) putSubject(subject, level, shows, put)
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
  shows: (level: Depth) => boolean,
  put: Put,
) {
  const { facility, share, credential, raises, excluded, caps, indicators } = subject
  put(
    level,
    [
      `${facility ?? 'the battery'}: ${span(subject)}, share ${percent(share)}`,
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
  for (const indicator of indicators) put(level + 1, indicatorText(indicator))
}

function indicatorText(indicator: ExplainedIndicator): string {
  const { indicator: id, source } = indicator
  const where = source === null ? '' : `, ${source.pointer}`
  switch (indicator.status) {
    case 'known': {
      const doubt = indicator.reason === undefined ? '' : ', uncertain'
      return `${id}: ${span(indicator.points)}, ${indicator.assuranceLevel} assurance${doubt}${where}`
    }
    case 'not-applicable':
      return `${id}: not applicable (${indicator.condition})${where}`
    case 'unknown':
      return `${id}: unknown (${indicator.reason}), would add ${points(indicator.raises)}${where}`
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
