import { nearest } from '@battery-passport/contexts'
import type { LoadedMethod } from '@battery-passport/rulebooks'
import type { EffectivePolicy } from '@battery-passport/verifier'
import { percent } from '../report/figures.ts'

/** Minimums that ask for less than their author may think: mistaken units, mistaken keys. */
export function minimumWarnings(
  { source }: EffectivePolicy,
  methods: readonly LoadedMethod[],
): readonly string[] {
  const { overall = {}, rulebooks = {} } = source.minimums ?? {}
  return [
    ...unitWarnings('minimums.overall', overall),
    ...Object.entries(rulebooks).flatMap(([key, minimum]) =>
      unitWarnings(`minimums.rulebooks.${key}`, minimum),
    ),
    ...methods.flatMap((method) => keyWarnings(Object.keys(rulebooks), method)),
  ]
}

/** Nobody asks for less than one percent: who writes 70 most likely means 7000. */
function unitWarnings(place: string, minimum: object): string[] {
  return Object.entries(minimum).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'number' && value >= 1 && value <= 100
      ? [`${place}.${name} is ${value}: in basis points, ${value} is ${percent(value)}.`]
      : [],
  )
}

function keyWarnings(wanted: readonly string[], { method, rulebooks }: LoadedMethod): string[] {
  const known = rulebooks.map(({ rulebook }) => rulebook.key)
  return wanted
    .filter((key) => !known.includes(key))
    .map((key) => {
      const meant = nearest(key, known)
      const remedy =
        meant === undefined ? `Its rulebooks are ${known.join(', ')}.` : `Did you mean ${meant}?`
      return `minimums.rulebooks.${key}: method ${method.key} ${method.version} has no such rulebook. ${remedy}`
    })
}
