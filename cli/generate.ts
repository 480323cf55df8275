import { schemaFiles, writeWhenRun } from '../contexts/generate-files.ts'
import { PassportVerdict } from '../verifier/verdict-schema.ts'
import { AccreditationForm } from './forms/accreditation.ts'
import { BatchForm } from './forms/batch.ts'
import { EngagementForm } from './forms/engagement.ts'
import { IdentityForm } from './forms/identity.ts'
import { ResultInput } from './forms/results.ts'
import { ScoreRequest } from './forms/score-request.ts'

const VALIDATED = {
  AccreditationForm,
  BatchForm,
  EngagementForm,
  IdentityForm,
  ResultInput,
}

/** What the reading commands take, apart, so that they do not load the forms of the writing ones. */
const READ = { ScoreRequest, PassportVerdict }

/** Every generated file of this package with its content. */
export function generatedFiles(): Promise<Record<string, string>> {
  return schemaFiles(import.meta.url, {
    validators: { validators: VALIDATED, 'read-validators': READ },
  })
}

await writeWhenRun(import.meta.url, generatedFiles)
