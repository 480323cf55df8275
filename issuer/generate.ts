import { schemaFiles, writeWhenRun } from '../contexts/generate-files.ts'
import * as config from './config-schema.ts'
import * as entries from './desk/entries.ts'
import * as requests from './issue-request.ts'
import * as records from './service/records.ts'
import * as audit from './store/audit-schema.ts'

const VALIDATED = {
  IssueRequest: requests.IssueRequest,
  StatusChange: requests.StatusChange,
  ServiceConfig: config.ServiceConfig,
  AuditEntry: audit.AuditEntry,
  DeskEntry: entries.DeskEntry,
  DeskFile: entries.DeskFile,
  ...records,
}

const MODULES = {
  './config-schema.ts': config,
  './desk/entries.ts': entries,
  './issue-request.ts': requests,
  './service/records.ts': records,
  './store/audit-schema.ts': audit,
}

/** Every generated file of this package with its content. */
export function generatedFiles(): Promise<Record<string, string>> {
  return schemaFiles(import.meta.url, {
    validators: { validators: VALIDATED },
    modules: MODULES,
  })
}

await writeWhenRun(import.meta.url, generatedFiles)
