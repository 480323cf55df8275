/** Files that outlast a crash, for the packages that keep some; the verifier keeps none. */
export {
  FILE_MODE,
  FOLDER_MODE,
  stageFile,
  syncFolder,
  writeDurably,
  writeSynced,
} from './stores/durable-file.ts'
export { systemCode } from './stores/system-code.ts'
