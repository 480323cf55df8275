import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { PLACES, type Places, placesOf } from './places.ts'
import { graveCodes, storedVectors, verdictOn } from './stored.ts'

describe('what the verifier says of the corpus', function () {
  this.timeout(600_000)
  const vectors = storedVectors()
  const places: Places = JSON.parse(readFileSync(PLACES, 'utf8'))

  for (const vector of vectors) {
    const { name, expected } = vector
    it(`names the same places in ${name}`, async () => {
      const verdict = await verdictOn(vector)
      assert.deepEqual(graveCodes(verdict), expected.codes)
      assert.deepEqual(
        placesOf(verdict),
        places[name],
        'If this is what it ought to say: npm run conformance:generate',
      )
    })
  }

  it('is kept of no other vector', () => {
    assert.deepEqual(Object.keys(places).sort(), vectors.map(({ name }) => name).sort())
  })
})
