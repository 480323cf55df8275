import { fileURLToPath } from 'node:url'
import { compileValidators, definitionsOf, writeGenerated } from '../contexts/generator.ts'
import * as vocabulary from '../contexts/schemas.ts'
import { PassportVerdict } from '../verifier/verdict-schema.ts'
import { AccreditationForm } from './forms/accreditation.ts'
import { BatchForm } from './forms/batch.ts'
import { EngagementForm } from './forms/engagement.ts'
import { IdentityForm } from './forms/identity.ts'
import { ResultInput } from './forms/results.ts'
import { ScoreRequest } from './forms/score-request.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

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
export async function generatedFiles(): Promise<Record<string, string>> {
  const definitions = definitionsOf(vocabulary)
  return {
    [here('generated/validators.ts')]: await compileValidators(VALIDATED, definitions),
    [here('generated/read-validators.ts')]: await compileValidators(READ, definitions),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeGenerated(await generatedFiles())
