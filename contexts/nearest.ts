/** What turns a word into its opposite. */
const NEGATIONS = ['un', 'in', 'non', 'non-', 'not', 'not-', 'dis']

/**
 * The name of a list that a mistyped one most likely means, or undefined when none is near. Names
 * come from outside: one much longer than all that are known is near none, and costs nothing. Who
 * wrote `unqualified` is not told that `qualified` is meant.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase()
  let best: { readonly name: string; readonly distance: number } | undefined
  for (const candidate of known) {
    const most = mostDistance(wanted, candidate)
    if (Math.abs(wanted.length - candidate.length) > most) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance > most || isOpposite(wanted, candidate.toLowerCase(), distance)) continue
    if (best === undefined || distance < best.distance) best = { name: candidate, distance }
  }
  return best?.name
}

/** Whether the two are nearer to each other once a negation is taken from one of them. */
function isOpposite(a: string, b: string, distance: number): boolean {
  return NEGATIONS.some((prefix) => {
    if (a.startsWith(prefix) === b.startsWith(prefix)) return false
    const [negated, other] = a.startsWith(prefix) ? [a, b] : [b, a]
    return editDistance(negated.slice(prefix.length), other) < distance
  })
}

/** Two letters, or a third of a long name; never all of a short one, which would mean any other. */
function mostDistance(wanted: string, candidate: string): number {
  const shorter = Math.min(wanted.length, candidate.length)
  return Math.min(Math.max(2, Math.floor(candidate.length / 3)), shorter - 1)
}

/** How many letters must be added, removed, replaced (Levenshtein), row by row. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    above = current
  }
  return above[b.length] ?? 0
}
