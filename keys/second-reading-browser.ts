/**
 * Not every did:key: the library would have every page load three more curves. Of a canonical key it
 * finds what our own reader found; it is loaded to say what is wrong with another.
 */
export const READS_EVERY_KEY: boolean = false
