import type { Anchor, Mutant } from './mutant.ts'

/**
 * The source with every mutant in it, each behind a question `$mutant(n)`, where n is its place in
 * `numbers`: the whole program is read once, and a mutant costs nothing but its tests.
 */
export function instrument(
  text: string,
  mutants: readonly Mutant[],
  numberOf: (mutant: Mutant) => number,
  statementStarts: readonly number[],
): string {
  const anchors = gather(mutants)
  const starts = new Set(statementStarts)
  let next = 0

  /** The text between two places, what is switched in it included. */
  function render(from: number, to: number): string {
    let at = from
    let out = ''
    for (
      let place = anchors[next];
      place !== undefined && place.start < to;
      place = anchors[next]
    ) {
      next += 1
      if (starts.has(place.start)) {
        out += `${text.slice(at, place.start)};`
        starts.delete(place.start)
      } else out += text.slice(at, place.start)
      out += place.form === 'block' ? block(place) : expression(place)
      at = place.end
    }
    return out + text.slice(at, to)
  }

  function block({ start, end, mutants: [mutant] }: Switched): string {
    const inner = render(start + 1, end - 1)
    return mutant === undefined ? `{${inner}}` : `{ if (!$mutant(${numberOf(mutant)})) {${inner}} }`
  }

  function expression({ start, end, mutants: here }: Switched): string {
    const choices = here.map((mutant) => {
      const instead = text.slice(start, mutant.start) + mutant.becomes + text.slice(mutant.end, end)
      return `$mutant(${numberOf(mutant)}) ? (${instead}) : `
    })
    return `(${choices.join('')}(${render(start, end)}))`
  }

  return `const $mutant = globalThis.$mutants.ask; ${render(0, text.length)}`
}

interface Switched extends Anchor {
  readonly mutants: Mutant[]
}

/** The places that are switched, outer ones first. */
function gather(mutants: readonly Mutant[]): readonly Switched[] {
  const places = new Map<string, Switched>()
  for (const mutant of mutants) {
    const { form, start, end } = mutant.anchor
    const key = `${start} ${end} ${form}`
    const place = places.get(key)
    if (place === undefined) places.set(key, { form, start, end, mutants: [mutant] })
    else place.mutants.push(mutant)
  }
  return [...places.values()].sort((one, other) => one.start - other.start || other.end - one.end)
}
