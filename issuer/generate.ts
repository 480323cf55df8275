import { schemaFiles, writeWhenRun } from '../contexts/generate-files.ts'
import { ServiceConfig } from './config-schema.ts'
import { DeskEntry, DeskFile } from './desk/entries.ts'
import { IssueRequest, StatusChange } from './issue-request.ts'
import * as records from './service/records.ts'
import { AuditEntry } from './store/audit-schema.ts'

const VALIDATED = {
  IssueRequest,
  StatusChange,
  ServiceConfig,
  AuditEntry,
  DeskEntry,
  DeskFile,
  ...records,
}

/** Every generated file of this package with its content. */
export function generatedFiles(): Promise<Record<string, string>> {
  return schemaFiles(import.meta.url, { validators: { validators: VALIDATED } })
}

await writeWhenRun(import.meta.url, generatedFiles)
