export * from './browser.ts'
export {
  ContextNotPinnedError,
  PINNED_CONTEXT_URLS,
  pinnedContext,
  type RemoteDocument,
} from './loader.ts'
