/** Files that outlast a crash or keep a secret, for who has some; the verifier has none. */
export {
  FILE_MODE,
  FOLDER_MODE,
  stageFile,
  syncFolder,
  writeDurably,
  writeSynced,
} from './stores/durable-file.ts'
export { type PrivateLine, readPrivateLine } from './stores/read-private-line.ts'
export { systemCode } from './stores/system-code.ts'
