import assert from 'node:assert/strict'
import { Type } from '@sinclair/typebox'
import { schemaFiles } from '../../contexts/generate-files.ts'

describe('A generated validator', () => {
  const Odd = Type.Object({ odd: Type.Integer() })
  const typed = async (modules: Record<string, Record<string, unknown>>) => {
    const files = await schemaFiles(import.meta.url, { validators: { v: { Odd } }, modules })
    const [, text = ''] = Object.entries(files).find(([path]) => path.endsWith('/typed-v.ts')) ?? []
    return text
  }

  it('is a guard of the type of the very schema it was made from, whatever its name there', async () => {
    const text = await typed({ './a.ts': { Even: Type.Integer() }, './b/c.ts': { Strange: Odd } })
    assert.match(text, /import type \* as schemas1 from '\.\.\/b\/c\.ts'/)
    assert.match(
      text,
      /export const Odd = code\.Odd as unknown as Validator<Static<typeof schemas1\.Strange>>/,
    )
  })

  it('is not made when none of the modules has its schema: one that looks alike is another', async () => {
    const alike = { './a.ts': { Odd: Type.Object({ odd: Type.Integer() }) } }
    await assert.rejects(typed(alike), /Odd comes from none of the modules/)
  })
})
