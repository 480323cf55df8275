import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { decodeInput, isOfType } from '@battery-passport/verifier'
import { accreditationForm, custodyForm, layOutPapers, SUPPLY_CHAIN } from './support/papers.ts'
import { parseJson } from './support/parse-json.ts'
import { REFINERY, type Workshop, workshop } from './support/workshop.ts'

const BASE = ['--status-base', 'https://climate.example/status']

describe('battery-passport attest-custody', () => {
  let room: Workshop
  before(async () => {
    room = await workshop()
    await layOutPapers(room)
    await room.must([
      'accredit',
      ...room.desk('council'),
      ...['--status-base', 'https://council.example/status'],
      ...['--in', room.at('accreditation.json'), '--out', room.at('climate.accreditation.json')],
    ])
  })
  after(() => room.remove())

  let count = 0
  /** A new place for the output, and a desk beside it. */
  const places = () => {
    count += 1
    return { out: room.at(`out-${count}.json`), desk: room.at(`desk-${count}`) }
  }
  const attest = async (
    argv: readonly string[],
    at = places(),
    accreditation = room.at('climate.accreditation.json'),
  ) => {
    const answer = await room.run([
      'attest-custody',
      ...['--key', room.at('climate.key.json'), '--desk', at.desk, ...BASE],
      ...['--accreditation', accreditation, '--out', at.out],
      ...argv,
    ])
    return { ...answer, desk: at.desk, output: at.out, flat: answer.err.replaceAll(/\s+/g, ' ') }
  }
  const form = (name = 'pack.custody.json') => ['--in', room.at(name)]
  const table = (name = 'supply-chain.csv') => ['--supply-chain', room.at(name)]
  /** A form whose subject says something else. */
  const changed = (name: string, subject: Readonly<Record<string, unknown>>) => {
    const honest = custodyForm(room.did.maker)
    return room.write(name, { ...honest, subject: { ...honest.subject, ...subject } })
  }
  const custodyIn = async (file: string) => {
    const [document] = decodeInput(await readFile(file)).documents
    assert.ok(document?.ok && isOfType(document.secured, 'CustodyAttestation'))
    return document.secured
  }
  /** Nothing was signed, written, or made. */
  const nothing = ({ code, desk, output }: Awaited<ReturnType<typeof attest>>, exit = 1) => {
    assert.equal(code, exit)
    assert.equal(existsSync(desk), false)
    assert.equal(existsSync(output), false)
  }

  it('signs the rows of a table, and says what it signed', async () => {
    const { code, out, err, desk, output } = await attest([...form(), ...table(), '--json'])
    assert.equal(code, 0, err)
    const custody = await custodyIn(output)
    const { credentialSubject: subject } = custody.credential
    assert.deepEqual(subject.supplyChain, [
      {
        facility: REFINERY,
        stage: 'refining',
        material: 'nickel',
        share: 10_000,
        custodyModel: 'segregated',
      },
    ])
    const [line] = [...Object(parseJson(out).attestations)]
    assert.equal(line.digestMultibase, custody.digestMultibase)
    assert.deepEqual([line.rows, line.assuranceLevel], [1, 'limited'])
    assert.equal((await readdir(`${desk}/issued`)).length, 1)
    const spoken = await attest([...form(), ...table()])
    assert.match(spoken.out, /Signed 1 custody attestation as did:key:/)
    assert.match(spoken.out, /assured +1 row, limited\n/)
  })

  it('raises the share assurance of a score that names it', async () => {
    const { out } = await attest([...form(), ...table(), '--json'])
    const [custody] = [...Object(parseJson(out).attestations)]
    await room.must([
      ...['attest', ...room.desk('climate'), ...BASE],
      ...['--accreditation', room.at('climate.accreditation.json')],
      ...['--engagement', room.at('refinery.engagement.json')],
      ...['--results', room.at('refinery.results.csv')],
      ...['--evidence', room.at('evidence'), '--out', room.at('attestations'), '--json'],
    ])
    const [name = ''] = await readdir(room.at('attestations'))
    const [document] = decodeInput(await readFile(room.at('attestations', name))).documents
    assert.ok(document?.ok)
    const request = {
      battery: { granularity: 'model', category: 'EV', chemistry: 'NMC' },
      attestations: [document.secured.id],
    }
    const assuranceOf = async (more: object) => {
      const file = await room.write('request.json', { ...request, ...more })
      const { out: score } = await room.must([
        ...['score', '--request', file, ...table(), '--json'],
        ...['--with', room.at('attestations'), '--with', custody.file],
      ])
      return parseJson(score).shareAssurance
    }
    assert.equal(await assuranceOf({}), 'none')
    assert.equal(await assuranceOf({ custody: [custody.id] }), 'limited')
  })

  it('takes the rows from the form, and refuses none and both', async () => {
    const row = {
      facility: REFINERY,
      stage: 'refining',
      material: 'nickel',
      share: 5000,
      custodyModel: 'mass-balance',
    }
    await changed('rows.custody.json', { supplyChain: [row] })
    const own = await attest(form('rows.custody.json'))
    assert.equal(own.code, 0, own.err)
    const { supplyChain } = (await custodyIn(own.output)).credential.credentialSubject
    assert.deepEqual(supplyChain, [row])
    const none = await attest(form())
    nothing(none, 64)
    assert.match(none.flat, /No rows are given/)
    const both = await attest([...form('rows.custody.json'), ...table()])
    nothing(both, 64)
    assert.match(both.flat, /rows are given twice/)
    const unpaired = await attest([...form(), ...table(), ...table()])
    nothing(unpaired, 64)
    assert.match(unpaired.flat, /which rows belong to which form/)
  })

  it('names every fault of the form, by pointer', async () => {
    await changed('bad.custody.json', { assuranceLevel: 'some', granularity: 'item', shares: [] })
    const bad = await attest([...form('bad.custody.json'), ...table()])
    nothing(bad)
    for (const member of ['assuranceLevel', 'granularity', 'shares']) {
      assert.ok(bad.err.includes(`bad.custody.json /subject/${member}\n`), member)
    }
  })

  it('names dates, parties and rows that a verifier would refuse, where they were written', async () => {
    await changed('late.custody.json', {
      statementDate: '2025-12-31',
      manufacturer: room.did.climate,
    })
    const late = await attest([...form('late.custody.json'), ...table()])
    nothing(late)
    assert.match(
      late.flat,
      /\(STATEMENT_DATE\) where: \S+late\.custody\.json \/subject\/statementDate/,
    )
    assert.match(
      late.flat,
      /\(NOT_INDEPENDENT\) where: \S+late\.custody\.json \/subject\/manufacturer/,
    )
    const twice = await room.write('twice.csv', `${SUPPLY_CHAIN}${SUPPLY_CHAIN.split('\n')[1]}\n`)
    const repeated = await attest([...form(), '--supply-chain', twice])
    nothing(repeated)
    assert.match(repeated.flat, /is in row 2 already/)
    assert.match(repeated.flat, /twice\.csv, row 3/)
  })

  it('refuses rows outside the accreditation, by their number in the table', async () => {
    const { subject, ...frame } = accreditationForm(room.did.climate)
    const paper = await room.write('narrow.json', {
      ...frame,
      subject: {
        ...subject,
        scope: subject.scope.map((entry) => ({ ...entry, stages: ['mining'] })),
      },
    })
    const narrow = room.at('narrow.accreditation.json')
    await room.must(['accredit', ...room.desk('council'), '--in', paper, '--out', narrow])
    const outside = await attest([...form(), ...table()], places(), narrow)
    nothing(outside)
    assert.match(outside.flat, /\(ACCREDITATION_SCOPE\) where: \S+supply-chain\.csv, row 2/)
  })

  it('refuses a mistyped stage, and warns of one that nothing at hand knows', async () => {
    const near = await room.write('near.csv', SUPPLY_CHAIN.replace('refining', 'refinning'))
    const refused = await attest([...form(), '--supply-chain', near])
    nothing(refused)
    assert.match(refused.flat, /near\.csv, row 2, column stage .* Write refining if that is meant/)
    const far = await room.write('far.csv', SUPPLY_CHAIN.replace('refining', 'orbiting'))
    const warned = await attest([...form(), '--supply-chain', far])
    assert.equal(warned.code, 0)
    assert.match(warned.flat, /warning: No method at hand counts a row with this stage/)
  })

  it('warns of percentages without their sign', async () => {
    const percent = await room.write('percent.csv', SUPPLY_CHAIN.replace('10000', '100'))
    const { code, flat } = await attest([...form(), '--supply-chain', percent])
    assert.equal(code, 0)
    assert.match(flat, /warning: The shares of refining of nickel sum to one percent/)
  })

  it('signs several in one call, or none of them', async () => {
    const batch = { id: 'urn:uuid:00000000-0000-4000-8000-00000000000b', granularity: 'batch' }
    await changed('batch.custody.json', batch)
    await changed('wrong.custody.json', { ...batch, statementDate: '2025-12-31' })
    const at = places()
    const both = (second: string) => [
      ...[...form(), ...table(), ...form(second), ...table()],
      ...['--out', `${at.out}.second`],
    ]
    const refused = await attest(both('wrong.custody.json'), at)
    nothing(refused)
    assert.equal(existsSync(`${at.out}.second`), false)
    const signed = await attest(both('batch.custody.json'), at)
    assert.equal(signed.code, 0, signed.err)
    assert.match(signed.out, /Signed 2 custody attestations/)
    assert.equal(
      (await custodyIn(`${at.out}.second`)).credential.credentialSubject.granularity,
      'batch',
    )
  })

  it('checks the same with --dry-run, and signs nothing', async () => {
    const argv = [...form(), ...table(), '--dry-run']
    const dry = await attest(argv)
    nothing(dry, 0)
    assert.match(dry.out, /nothing was signed \(--dry-run\)/)
    const { dryRun, attestations } = parseJson((await attest([...argv, '--json'])).out)
    assert.equal(dryRun, true)
    assert.deepEqual([...Object(attestations)].length, 1)
    await changed('late.custody.json', { statementDate: '2025-12-31' })
    nothing(await attest([...form('late.custody.json'), ...table(), '--dry-run']))
  })

  it('refuses to assure a row twice, unless the first is revoked, or both are meant', async () => {
    const at = places()
    const next = () => ({ ...at, out: places().out })
    const first = await attest([...form(), ...table(), '--json'], at)
    assert.equal(first.code, 0, first.err)
    const [{ id }] = [...Object(parseJson(first.out).attestations)]
    const second = await attest([...form(), ...table()], next())
    assert.equal(second.code, 1)
    assert.match(
      second.flat,
      /assured before, for the same time\. where: \S+supply-chain\.csv, row 2/,
    )
    assert.ok(second.err.includes(id))
    assert.equal((await readdir(`${at.desk}/issued`)).length, 1)
    await changed('next.custody.json', {
      productionWindow: { from: '2027-01-01', until: '2027-12-31' },
    })
    assert.equal((await attest([...form('next.custody.json'), ...table()], next())).code, 0)
    const other = await room.write('other.csv', SUPPLY_CHAIN.replace('10000', '9000'))
    assert.equal((await attest([...form(), '--supply-chain', other], next())).code, 0)
    assert.equal((await attest([...form(), ...table(), '--again'], next())).code, 0)
    const mended = places()
    const wrong = await attest([...form(), ...table(), '--json'], mended)
    const [{ id: withdrawn }] = [...Object(parseJson(wrong.out).attestations)]
    const key = ['--key', room.at('climate.key.json'), '--desk', mended.desk]
    await room.must(['revoke', ...key, withdrawn, '--because', 'error', '--out', room.at('lists')])
    assert.equal((await attest([...form(), ...table()], { ...mended, out: places().out })).code, 0)
  })

  it('stands in the lists of its desk, to be suspended and reinstated', async () => {
    const { out, desk } = await attest([...form(), ...table(), '--json'])
    const [{ id }] = [...Object(parseJson(out).attestations)]
    const key = ['--key', room.at('climate.key.json'), '--desk', desk]
    const suspended = await room.must(['suspend', ...key, id, '--because', 'error', '--json'])
    assert.ok(suspended.out.includes(id))
    await room.must(['reinstate', ...key, id])
    const part = ['--because', 'error', '--indicator', 'ghg.inventory']
    const partial = await room.run(['revoke', ...key, id, ...part])
    assert.equal(partial.code, 1)
    assert.match(partial.err.replaceAll(/\s+/g, ' '), /has no indicators to be withdrawn/)
  })

  it('takes every suite that the key can sign', async () => {
    const { code, output } = await attest([...form(), ...table(), '--suite', 'vc+jwt'])
    assert.equal(code, 0)
    const text = await readFile(output, 'utf8')
    assert.match(text, /^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    const other = await attest([...form(), ...table(), '--suite', 'ecdsa-rdfc-2019'])
    nothing(other, 64)
  })
})
