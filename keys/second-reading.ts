/**
 * Whether the library reads every did:key as well, or only those that our own reader refused. Browsers
 * have `second-reading-browser.ts` in the place of this file.
 */
export const READS_EVERY_KEY: boolean = true
