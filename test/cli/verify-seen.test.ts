import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { listId } from '../support/consortium.ts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport verify --seen', () => {
  let folder: BuyerFolder
  let presentation: string
  let made = 0

  before(async () => {
    folder = await buyerFolder()
    presentation = await folder.present('presentation.json')
  })
  after(() => folder.remove())

  const memory = () => folder.at(`seen-${made++}.json`)
  const verify = async (seen: string, ...more: string[]) => {
    const argv = ['verify', presentation, '--policy', folder.at('policy.json'), '--json']
    const answer = await runCli([...argv, '--seen', seen, ...more])
    const { findings = [] } = answer.out === '' ? {} : parseJson(answer.out)
    return { ...answer, codes: [...Object(findings)].map(({ code }) => code) }
  }
  const climateList = () => {
    const { climateBody } = folder.consortium.parties
    return `${climateBody.did} ${listId(climateBody, 'revocation')}`
  }
  const newer = async () => {
    const { climateBody } = folder.consortium.parties
    const change = { created: '2026-09-30T23:00:00Z' }
    const [list] = await folder.consortium.board.lists(climateBody, {}, change)
    assert.ok(list)
    return folder.write('newer.json', list.bytes)
  }

  it('makes the memory, and leaves open what is older than it', async () => {
    const seen = memory()
    assert.equal((await verify(seen)).code, 0)
    const first = Object(parseJson(await readFile(seen, 'utf8')).seen)
    assert.equal(first[climateList()], '2026-09-30T22:00:00Z')
    assert.equal((await verify(seen)).code, 0)
    assert.equal((await verify(seen, '--with', await newer())).code, 0)
    const second = Object(parseJson(await readFile(seen, 'utf8')).seen)
    assert.equal(second[climateList()], '2026-09-30T23:00:00Z')
    const older = await verify(seen)
    assert.equal(older.code, 2)
    assert.ok(older.codes.includes('STATUS_STALE'))
    // What is older is not remembered in the place of what is newer.
    const third = Object(parseJson(await readFile(seen, 'utf8')).seen)
    assert.equal(third[climateList()], '2026-09-30T23:00:00Z')
  })

  it('takes a damaged memory for no empty one', async () => {
    for (const content of [
      '{',
      '{"version":2,"seen":{}}',
      '{"version":1,"seen":null}',
      '{"version":1}',
      '{"version":1,"seen":{"did:x:y https://z.example/1":"yesterday"}}',
      '{"version":1,"seen":{"a":"2026-09-30T22:00:00Z","a":"2020-01-01T00:00:00Z"}}',
    ]) {
      const seen = memory()
      await folder.write(seen.slice(folder.path.length + 1), content)
      const { code, err, out } = await verify(seen)
      assert.equal(code, 64, content)
      assert.equal(out, '')
      assert.match(err, /The memory of status lists cannot be used/)
      assert.equal(await readFile(seen, 'utf8'), content)
    }
  })

  it('is asked for one passport, and where it can be written', async () => {
    const delivery = ['verify', '--bulk', '-', '--policy', folder.at('policy.json')]
    const bulk = await runCli([...delivery, '--seen', memory()])
    assert.equal(bulk.code, 64)
    assert.match(bulk.err, /without a memory of status lists/)
    const nowhere = folder.at('policy.json/seen.json')
    assert.equal((await verify(nowhere)).code, 64)
    assert.ok(!existsSync(nowhere))
  })
})
