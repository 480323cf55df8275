/** The network, for who allows it: nothing else of this package asks it. */
export { type HttpsFetcherOptions, httpsFetcher } from './network/https-fetcher.ts'
export type { Lookup } from './network/lookup.ts'
export { isPublicAddress } from './network/public-address.ts'
export {
  isTimestampUrl,
  type TimestampSenderOptions,
  timestampSender,
} from './network/timestamp-sender.ts'
