/**
 * Some of many, each as likely as any other, in an order that is drawn too: however early it is
 * stopped, what was tried until then is a sample. The same seed draws the same.
 */
export function sample<T>(all: readonly T[], size: number, seed: number): readonly T[] {
  const next = draws(seed)
  const left = [...all]
  const drawn: T[] = []
  while (drawn.length < size && left.length > 0) {
    drawn.push(...left.splice(Math.floor(next() * left.length), 1))
  }
  return drawn
}

/**
 * The interval of Wilson for a share of which `hits` of `all` were drawn: whoever says of each of
 * many samples that the true share lies in it is right about 95 times of 100.
 */
export function interval(hits: number, all: number): readonly [number, number] {
  if (all === 0) return [0, 1]
  const z = 1.959964
  const share = hits / all
  const middle = share + z ** 2 / (2 * all)
  const margin = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2))
  const whole = 1 + z ** 2 / all
  return [Math.max(0, (middle - margin) / whole), Math.min(1, (middle + margin) / whole)]
}

/** Numbers from 0 up to 1, by the generator called Mulberry32. */
function draws(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
