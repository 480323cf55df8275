import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { atMost } from '../../../cli/at-most.ts'
import {
  checkApart,
  checkReplaceable,
  putInPlace,
  stagingFolder,
} from '../../../cli/demo/demo-folder.ts'
import { withValue } from '../../../cli/demo/fraud-tampering.ts'
import { pilotFolder } from '../../../cli/demo/pilot-folder.ts'
import { readPilot } from '../../../cli/demo/read-pilot.ts'
import { CommandError } from '../../../cli/errors.ts'

describe('Doing so many things at a time', () => {
  it('answers in the order of the items, never more than so many at once', async () => {
    let running = 0
    let most = 0
    const answers = await atMost(2, [30, 10, 20, 0], async (turns, index) => {
      running += 1
      most = Math.max(most, running)
      for (let turn = 0; turn < turns; turn++) await Promise.resolve()
      running -= 1
      return index
    })
    assert.deepEqual(answers, [0, 1, 2, 3])
    assert.equal(most, 2)
  })

  it('begins nothing more after a failure, and throws it', async () => {
    const begun: number[] = []
    const work = atMost(1, [1, 2, 3], async (item) => {
      begun.push(item)
      if (item === 2) throw new RangeError('the second')
    })
    await assert.rejects(work, /the second/)
    assert.deepEqual(begun, [1, 2])
  })
})

describe('The folder of the demo', () => {
  let base: string
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'battery-passport-test-'))
  })
  afterEach(() => rm(base, { recursive: true, force: true }))

  it('appears at once and takes the place of that of an earlier demo', async () => {
    const target = join(base, 'deep', 'demo')
    for (const text of ['first', 'second']) {
      const staging = await stagingFolder(target)
      await writeFile(join(staging, 'result'), text)
      await putInPlace(staging, target, 0o700)
    }
    assert.equal(await readFile(join(target, 'result'), 'utf8'), 'second')
    assert.deepEqual(await readdir(join(base, 'deep')), ['demo'])
  })

  it('is never one that holds something else', async () => {
    await checkReplaceable(join(base, 'new'))
    await checkReplaceable(base)
    await writeFile(join(base, 'thesis.txt'), 'mine')
    await assert.rejects(checkReplaceable(base), CommandError)
    await assert.rejects(checkReplaceable(join(base, 'thesis.txt')), CommandError)
  })

  it('is not replaced while a service runs on it', async () => {
    const target = join(base, 'demo')
    await putInPlace(await stagingFolder(target), target, 0o700)
    await mkdir(join(target, 'data'))
    const lock = join(target, 'data', 'lock')
    await writeFile(lock, `${process.ppid}  ${hostname()} some-id\n`)
    await assert.rejects(checkReplaceable(target), (error: CommandError) => {
      const [complaint] = error.complaints
      assert.match(complaint?.what ?? '', /A service still runs/)
      assert.equal(complaint?.found, `that process ${process.ppid} has it open`)
      assert.ok(complaint?.remedy?.includes(`delete ${lock}`))
      return true
    })
    await writeFile(lock, `${2 ** 30} 1 ${hostname()} some-id\n`)
    await checkReplaceable(target)
  })

  it('lies apart from the folder of the result', () => {
    checkApart('.demo', 'result')
    checkApart('demo', 'demo-2')
    for (const out of ['.demo', '.demo/result', '.']) {
      assert.throws(() => checkApart('.demo', out), CommandError)
    }
  })
})

describe('A changed value', () => {
  const document = { a: [{ b: '1' }, { b: '2' }], c: true }

  it('is changed in a copy, at its place alone', () => {
    const changed = withValue(document, ['a', '1', 'b'], '3')
    assert.deepEqual(changed, { a: [{ b: '1' }, { b: '3' }], c: true })
    assert.deepEqual(document.a[1], { b: '2' })
  })

  it('must be there: a fraud that changes nothing would show nothing', () => {
    for (const path of [['x'], ['a', '2', 'b'], ['a', '0', 'x'], ['c', 'd']]) {
      assert.throws(() => withValue(document, path, 0), TypeError)
    }
  })
})

describe('The pilot', () => {
  it('is read whole: every engagement has a body, a subject and evidence', async () => {
    const pilot = await readPilot(pilotFolder())
    assert.ok(pilot.facilities.length >= 9)
    const parties = new Set(pilot.parties.map(({ key }) => key))
    const subjects = new Set(['battery', ...pilot.facilities.map(({ key }) => key)])
    for (const { body, subject } of pilot.engagements) {
      assert.ok(pilot.accreditations.has(body) && parties.has(body), body)
      assert.ok(subjects.has(subject), subject)
      assert.ok(
        pilot.evidence.some((each) => each.subject === subject),
        subject,
      )
    }
  })

  it('says of every company that it is fictional, and uses names kept for examples', async () => {
    const { parties, facilities } = await readPilot(pilotFolder())
    for (const { legalName, lei, domain } of parties) {
      assert.match(legalName, /\(fictional\)$/)
      assert.match(lei, /^9999EXAMPLE/)
      assert.match(domain, /\.example$/)
    }
    for (const { id } of facilities) assert.match(id, /^urn:epc:id:sgln:9506000\./)
  })

  it('is missed where it is not', async () => {
    await assert.rejects(readPilot(tmpdir()), /files of the pilot are not there/)
  })
})
