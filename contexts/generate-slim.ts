const FUNCTION = /^function (validate\d+)\([\s\S]*?\n\}\n/gm

/**
 * The validators that Ajv wrote without what nobody reads: Ajv writes a definition again for each
 * place that refers to it, and with every error the way through the schema. Less than half is left
 * to load, in a program as in a page; what a validator answers stays the same, error by error.
 *
 * @param source as esbuild prints it: one statement a line
 */
export function slimValidators(source: string): string {
  const slim = withoutCopies(
    source
      .replaceAll(/schemaPath: (?:[\w$.]+ \+ )?"(?:[^"\\]|\\.)*", /g, '')
      .replaceAll(
        /let (err\d+) = (\{.*\});\s*vErrors === null \? vErrors = \[\1\] : vErrors\.push\(\1\), errors\+\+;/g,
        'errors = (vErrors ??= []).push($2);',
      )
      // For $data, which no schema of ours has.
      .replaceAll(', parentData, parentDataProperty, rootData = data }', ' }')
      .replaceAll(/, parentData(?:: .*?)?, parentDataProperty(?:: .*?)?, rootData \}/g, ' }'),
  )
  const left = /schemaPath|errors\+\+|parentData|rootData|evaluated/.exec(slim)
  if (left !== null) throw new Error(`Ajv changed: ${left[0]} stands where it was not expected`)
  return slim
}

/** Of functions that differ in nothing but their name, the first; until no two are left. */
function withoutCopies(source: string): string {
  const first = new Map<string, string>()
  const copies = new Map<string, string>()
  for (const [text, name = ''] of source.matchAll(FUNCTION)) {
    const body = text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), 'SELF')
    const known = first.get(body)
    if (known === undefined) first.set(body, name)
    else copies.set(name, known)
  }
  if (copies.size === 0) return source
  const isKept = (text: string, name: string) => (copies.has(name) ? '' : text)
  return withoutCopies(
    source
      .replaceAll(FUNCTION, isKept)
      .replaceAll(/\bvalidate\d+\b/g, (name) => copies.get(name) ?? name),
  )
}
