const SHORTHANDS: readonly (readonly [RegExp, string])[] = [
  [/\\d/g, '\\D'],
  [/\\w/g, '\\W'],
  [/\\s/g, '\\S'],
  [/\\D/g, '\\d'],
  [/\\S/g, '\\s'],
  [/\\W/g, '\\w'],
  [/(?<!\\)\[\^/g, '['],
  [/(?<!\\)\[(?!\^)/g, '[^'],
  [/(?<![\\[(])\^|(?<=^\/)\^/g, ''],
  [/(?<!\\)\$/g, ''],
  [/(?<![\\(])[*+?](?![:=!<])/g, ''],
  [/(?<!\\)\{\d+(,\d*)?\}/g, ''],
  [/\(\?=/g, '(?!'],
  [/\(\?!/g, '(?='],
  [/\(\?<=/g, '(?<!'],
  [/\(\?<!/g, '(?<='],
]

/** The literals of regular expressions that say almost the same, one piece taken out or turned round. */
export function changedPatterns(literal: string): readonly string[] {
  const end = literal.lastIndexOf('/')
  const found = new Set<string>()
  for (const [piece, instead] of SHORTHANDS) {
    for (const { index, 0: text } of literal.slice(0, end).matchAll(piece)) {
      const changed = literal.slice(0, index) + instead + literal.slice(index + text.length)
      if (changed !== literal && isPattern(changed)) found.add(changed)
    }
  }
  return [...found]
}

function isPattern(literal: string): boolean {
  const end = literal.lastIndexOf('/')
  if (end < 2) return false
  try {
    new RegExp(literal.slice(1, end), literal.slice(end + 1))
    return true
  } catch {
    return false
  }
}
