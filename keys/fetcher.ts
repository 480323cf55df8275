/** A small document from the network, or why there is none. */
export type Fetched =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly detail: string }

/**
 * Gets a small JSON document from the network. The address is chosen by whoever wrote what is being
 * verified, so whoever implements this must expect the worst of it: `httpsFetcher` does.
 */
export interface Fetcher {
  /** Nothing is thrown for what the network does. */
  fetch(url: string): Promise<Fetched>
}
