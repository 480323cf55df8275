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
  const working = work(controller.signal)
  // Whatever it says after the end of its time, nobody waits for it.
  working.catch(() => undefined)
  try {
    return await Promise.race([working, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What a failed connection is told as. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  return 'code' in error ? `the connection failed: ${String(error.code)}` : 'the connection failed'
}
