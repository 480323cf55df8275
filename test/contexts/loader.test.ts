import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import {
  ContextNotPinnedError,
  PASSPORT_CONTEXT,
  PINNED_CONTEXT_URLS,
  pinnedContext,
} from '@battery-passport/contexts'

describe('the context loader', () => {
  it('serves every pinned context', () => {
    for (const url of PINNED_CONTEXT_URLS) {
      assert.equal(pinnedContext(url).documentUrl, url)
      assert.ok(pinnedContext(url).document)
    }
  })

  it('serves our context as the file has it', () => {
    const file = new URL('../../contexts/battery-passport-v1.jsonld', import.meta.url)
    assert.deepEqual(
      pinnedContext(PASSPORT_CONTEXT).document,
      JSON.parse(readFileSync(file, 'utf8')),
    )
  })

  it('refuses any other URL, without asking the network', () => {
    for (const url of [
      'https://example.org/context',
      'http://169.254.169.254/',
      'file:///etc/passwd',
      '',
    ]) {
      assert.throws(() => pinnedContext(url), ContextNotPinnedError)
    }
  })

  it('hands out documents that nobody can write to', () => {
    const { document } = pinnedContext(PASSPORT_CONTEXT)
    assert.ok(document !== null && typeof document === 'object')
    assert.ok(Object.isFrozen(document))
    assert.throws(() => Object.assign(document, { '@context': {} }), TypeError)
  })
})
