import type { Fetched } from '../fetcher.ts'

/** A name server or a host that hangs is waited for no longer than this, whatever it hangs in. */
export async function withinTime(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Fetched>,
): Promise<Fetched> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Fetched>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, detail: `no whole answer within ${milliseconds} ms` })
      controller.abort()
    }, milliseconds)
  })
  try {
    // Whatever the work says after the end of its time, nobody waits for it.
    return await Promise.race([work(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}

/** What a failed connection is told as. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  return 'code' in error ? `the connection failed: ${String(error.code)}` : 'the connection failed'
}
