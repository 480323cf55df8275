const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** Reads a text that JSON.parse reads, but takes the first of two keys. */
export function firstReading(text: string): unknown {
  const tokens = text.match(TOKEN) ?? []
  let at = 0
  const value = (): unknown => {
    const token = tokens[at++] ?? ''
    if (token === '[') return list()
    return token === '{' ? object() : JSON.parse(token)
  }
  const list = (): unknown[] => {
    const items: unknown[] = []
    while (tokens[at] !== ']') {
      if (tokens[at] === undefined) throw new SyntaxError('no end')
      if (tokens[at] === ',') at++
      else items.push(value())
    }
    at++
    return items
  }
  const object = (): object => {
    const members = new Map<string, unknown>()
    while (tokens[at] !== '}') {
      if (tokens[at] === undefined) throw new SyntaxError('no end')
      if (tokens[at] === ',') at++
      const key = String(JSON.parse(tokens[at] ?? ''))
      at += 2
      const member = value()
      if (!members.has(key)) members.set(key, member)
    }
    at++
    return Object.fromEntries(members)
  }
  return value()
}
