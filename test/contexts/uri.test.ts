import assert from 'node:assert/strict'
import { isUri, productFaults } from '@battery-passport/contexts'

/** Whether the schema takes it: as the place of a published document. */
const isTaken = (id: string) =>
  productFaults({ euDeclarationOfConformity: { documents: [{ id }] } }).length === 0

describe('A URI', () => {
  for (const text of [
    'https://packmaker.example/doc.pdf',
    'urn:uuid:5c1a5b63-8f0e-4a7e-9a59-0d1f6f2f3a10',
    'did:key:z6Mk#key',
    `https://packmaker.example/${'a'.repeat(512 - 26)}`,
  ]) {
    it(`is ${text.slice(0, 40)}`, () => {
      assert.ok(isUri(text))
      assert.ok(isTaken(text))
    })
  }

  for (const text of [
    '',
    'http://packmaker.example/',
    'HTTPS://packmaker.example/',
    'packmaker.example',
    'https://packmaker.example/a b',
    'https://packmaker.example/ä',
    ' https://packmaker.example/',
    `https://packmaker.example/${'a'.repeat(513 - 26)}`,
  ]) {
    it(`is not ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.ok(!isUri(text))
      assert.ok(!isTaken(text))
    })
  }
})
