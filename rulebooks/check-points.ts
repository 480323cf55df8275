import { compareDecimals, parseDecimal } from '@battery-passport/contexts'
import type { Fault } from './fault.ts'
import type { Indicator } from './rulebook.ts'

/**
 * What is wrong with the worth of an indicator's answers. The worst must be worth 0 and the best
 * 10000, or an unknown answer (taken at 0 and at 10000) would not be bounded by the known ones.
 */
export function pointsFaults(indicator: Indicator, pointer: string): Fault[] {
  const { points, kind } = indicator
  if (Array.isArray(points) !== (kind === 'quantity')) {
    return [
      {
        pointer: `${pointer}/points`,
        expected: kind === 'quantity' ? 'an array of bands' : 'an object: points by answer',
        found: Array.isArray(points) ? 'an array' : 'an object',
        detail: `A ${kind} is answered by ${kind === 'quantity' ? 'a number' : 'one of its answers'}.`,
        remedy: 'Change the kind, or the form of the points.',
      },
    ]
  }
  if (Array.isArray(points)) {
    return [
      ...bandFaults(points, `${pointer}/points`),
      ...rangeFaults(
        points.map((band) => band.points),
        `${pointer}/points`,
      ),
    ]
  }
  const answers = Object.keys(points).sort()
  const faults = rangeFaults(Object.values(points), `${pointer}/points`)
  if (kind === 'boolean' && answers.join() !== 'false,true') {
    faults.push({
      pointer: `${pointer}/points`,
      expected: 'exactly the answers true and false',
      found: answers.join(', '),
      detail: 'A boolean has two answers.',
      remedy: 'Use the kind choice for other answers.',
    })
  }
  return faults
}

function rangeFaults(worths: readonly number[], pointer: string): Fault[] {
  return [
    { name: 'worst', bound: 0, found: Math.min(...worths) },
    { name: 'best', bound: 10000, found: Math.max(...worths) },
  ].flatMap(({ name, bound, found }) =>
    found === bound
      ? []
      : [
          {
            pointer,
            expected: `${bound} points for the ${name} answer`,
            found: String(found),
            detail: 'The points of an indicator reach from 0 to 10000.',
            remedy: 'Stretch the points; use the weight to make an indicator count less.',
          },
        ],
  )
}

type Band = { readonly below?: string; readonly points: number }

/** Total: the last band is open. Ordered and disjoint: every bound is above the one before. */
function bandFaults(bands: readonly Band[], pointer: string): Fault[] {
  const faults: Fault[] = []
  const remedy = 'Order the bands upwards by `below`, and leave it out of the last one only.'
  for (const [index, { below }] of bands.entries()) {
    const isLast = index === bands.length - 1
    const at = `${pointer}/${index}/below`
    if (isLast !== (below === undefined)) {
      faults.push({
        pointer: at,
        expected: isLast ? 'no bound: the last band is open' : 'a bound',
        found: below ?? 'nothing',
        detail: 'Every number must lie in exactly one band.',
        remedy,
      })
    }
    const before = bands[index - 1]?.below
    if (below === undefined || before === undefined) continue
    const [here, earlier] = [parseDecimal(below), parseDecimal(before)]
    if (here !== null && earlier !== null && compareDecimals(here, earlier) <= 0) {
      faults.push({
        pointer: at,
        expected: `a number above ${before}`,
        found: below,
        detail: 'The band is empty or overlaps the one before.',
        remedy,
      })
    }
  }
  return faults
}
