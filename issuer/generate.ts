import { fileURLToPath } from 'node:url'
import { compileValidators, definitionsOf, writeGenerated } from '../contexts/generator.ts'
import * as vocabulary from '../contexts/schemas.ts'
import { ServiceConfig } from './config-schema.ts'
import { DeskEntry, DeskFile } from './desk/entries.ts'
import { IssueRequest, StatusChange } from './issue-request.ts'
import * as records from './service/records.ts'
import { AuditEntry } from './store/audit-schema.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const { LocalId: _, ...RECORDS } = records
const VALIDATED = {
  IssueRequest,
  StatusChange,
  ServiceConfig,
  AuditEntry,
  DeskEntry,
  DeskFile,
  ...RECORDS,
}

/** Every generated file of this package with its content. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const validators = await compileValidators(VALIDATED, definitionsOf(vocabulary))
  return { [here('generated/validators.ts')]: validators }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeGenerated(await generatedFiles())
