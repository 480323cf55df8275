import { schemaFiles, writeWhenRun } from '../contexts/generate-files.ts'
import * as verifier from '../verifier/schemas.ts'
import * as accreditation from './forms/accreditation.ts'
import * as batch from './forms/batch.ts'
import * as custody from './forms/custody.ts'
import * as engagement from './forms/engagement.ts'
import * as identity from './forms/identity.ts'
import * as results from './forms/results.ts'
import * as score from './forms/score-request.ts'

const VALIDATED = {
  AccreditationForm: accreditation.AccreditationForm,
  BatchForm: batch.BatchForm,
  CustodyForm: custody.CustodyForm,
  EngagementForm: engagement.EngagementForm,
  IdentityForm: identity.IdentityForm,
  ResultInput: results.ResultInput,
}

/** What the reading commands take, apart, so that they do not load the forms of the writing ones. */
const READ = { ScoreRequest: score.ScoreRequest, PassportVerdict: verifier.PassportVerdict }

const MODULES = {
  './forms/accreditation.ts': accreditation,
  './forms/batch.ts': batch,
  './forms/custody.ts': custody,
  './forms/engagement.ts': engagement,
  './forms/identity.ts': identity,
  './forms/results.ts': results,
  './forms/score-request.ts': score,
  '@battery-passport/verifier/schemas': verifier,
}

/** Every generated file of this package with its content. */
export function generatedFiles(): Promise<Record<string, string>> {
  return schemaFiles(import.meta.url, {
    validators: { validators: VALIDATED, 'read-validators': READ },
    modules: MODULES,
  })
}

await writeWhenRun(import.meta.url, generatedFiles)
