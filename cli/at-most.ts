/**
 * Does the same with every item, no more than so many at a time, and answers in their order. The
 * first failure ends it once what was begun has ended.
 */
export async function atMost<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>()
  const waiting = [...items.entries()]
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next
      try {
        results.set(index, await work(item, index))
      } catch (error) {
        waiting.length = 0
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: limit }, worker))
  for (const each of ended) if (each.status === 'rejected') throw each.reason
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result)
}
