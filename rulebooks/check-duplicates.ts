import type { Fault } from './fault.ts'

/** A fault for each value that stands earlier in the list too. */
export function duplicateFaults(
  values: readonly string[],
  what: string,
  pointerOf: (index: number) => string,
): Fault[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value)
    if (first === index) return []
    return [
      {
        pointer: pointerOf(index),
        expected: `a ${what} that stands once`,
        found: value,
        detail: `The same ${what} stands at ${pointerOf(first)}.`,
        remedy: 'Rename or remove one of the two.',
      },
    ]
  })
}
