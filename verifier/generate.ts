import { fileURLToPath } from 'node:url'
import { schemaFiles, writeWhenRun } from '../contexts/generate-files.ts'
import * as vocabulary from '../contexts/schemas.ts'
import { findingsPage } from './generate-findings-page.ts'
import * as policy from './policy/policy-schema.ts'
import { PassportVerdict } from './verdict-schema.ts'

const { VerificationPolicy } = policy

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Every generated file of this package with its content. */
export async function generatedFiles(): Promise<Record<string, string>> {
  return {
    ...(await schemaFiles(import.meta.url, {
      published: { VerificationPolicy, PassportVerdict },
      validators: {
        validators: { VerificationPolicy },
        'receipt-validators': { VerificationReceipt: vocabulary.VerificationReceipt },
      },
      modules: {
        './policy/policy-schema.ts': policy,
        '@battery-passport/contexts/schemas': vocabulary,
      },
    })),
    [here('../docs/findings.md')]: findingsPage(),
  }
}

await writeWhenRun(import.meta.url, generatedFiles)
