import { appliesTo } from './applies.ts'
import type { Fault } from './fault.ts'
import { PILLARS } from './pillars.ts'
import type { Rulebook } from './rulebook.ts'

/**
 * In every (stage, material, pillar) that has indicators, one must always apply: answers could
 * otherwise empty the node, and declaring everything not applicable would beat answering.
 */
export function applicableFaults(rulebook: Rulebook): Fault[] {
  const faults = new Map<string, Fault>()
  const stages = new Set(rulebook.indicators.flatMap((indicator) => indicator.stages))
  for (const stage of stages) {
    const materials = rulebook.indicators.flatMap((indicator) => indicator.materials ?? [])
    for (const activity of [{ stage }, ...materials.map((material) => ({ stage, material }))]) {
      for (const pillar of PILLARS) {
        const asked = [...rulebook.indicators.entries()].filter(
          ([, indicator]) => indicator.pillar === pillar && appliesTo(indicator, activity),
        )
        const [first] = asked
        if (first === undefined) continue
        if (asked.some(([, { notApplicableWhen }]) => notApplicableWhen.length === 0)) continue
        const pointer = `/indicators/${first[0]}/notApplicableWhen`
        const place =
          'material' in activity
            ? `stage ${stage}, material ${activity.material}`
            : `stage ${stage}`
        if (faults.has(pointer)) continue
        faults.set(pointer, {
          pointer,
          expected: `an indicator of the pillar ${pillar} in ${place} that always applies`,
          found: asked.map(([, { id }]) => id).join(', '),
          detail: 'Every indicator there may be not applicable.',
          remedy: 'Remove the conditions from one of them, or add an indicator without.',
        })
      }
    }
  }
  return [...faults.values()]
}
