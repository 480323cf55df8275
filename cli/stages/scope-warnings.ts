import type { AccreditationScope } from '@battery-passport/contexts'
import type { Complaint } from '../errors.ts'
import { type Misplaced, unlisted } from './misplaced.ts'
import type { StageVocabulary } from './stage-vocabulary.ts'

/**
 * Stages and materials of a scope that nothing at hand knows, each name once. They are no fault:
 * whoever has a method of its own may accredit for it. But a mistyped one would cover nothing.
 *
 * @param place names a JSON pointer into the list of scope entries
 */
export function scopeWarnings(
  scope: readonly Pick<AccreditationScope, 'stages' | 'materials'>[],
  vocabulary: StageVocabulary,
  place: (pointer: string) => string,
): readonly Complaint[] {
  const known = {
    stage: [...vocabulary.keys()],
    material: [...new Set([...vocabulary.values()].flatMap((each) => [...each.materials]))],
  }
  const warnings = new Map<string, Complaint>()
  const look = (member: Misplaced['member'], name: string, pointer: string) => {
    if (name === '*' || known[member].includes(name) || warnings.has(`${member} ${name}`)) return
    const fault = unlisted(member, name, known[member])
    warnings.set(`${member} ${name}`, unknownName(fault, place(pointer)))
  }
  for (const [index, { stages, materials }] of scope.entries()) {
    for (const [at, stage] of stages.entries()) look('stage', stage, `/${index}/stages/${at}`)
    if (stages.some((stage) => vocabulary.get(stage)?.any)) continue
    for (const [at, name] of materials.entries())
      look('material', name, `/${index}/materials/${at}`)
  }
  return [...warnings.values()]
}

function unknownName({ member, expected, found, meant }: Misplaced, where: string): Complaint {
  return {
    what: `No method or rulebook at hand has the ${member} "${found}".`,
    where,
    expected: `${expected}, or *`,
    found,
    remedy:
      meant === undefined
        ? `Correct it, unless it is a ${member} of a method of your own: --rulebooks DIR reads one.`
        : `Did you mean "${meant}"? A method of your own is read with --rulebooks DIR.`,
  }
}
