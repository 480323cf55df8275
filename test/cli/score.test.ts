import assert from 'node:assert/strict'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { parseJson } from './support/parse-json.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport score', () => {
  let folder: BuyerFolder
  let request: Readonly<Record<string, unknown>>
  let chain: string

  before(async () => {
    folder = await buyerFolder()
    const { consortium } = folder
    chain = await folder.present('chain.json')
    request = {
      battery: {
        granularity: 'item',
        category: 'EV',
        chemistry: 'NMC',
        supplyChain: consortium.supplyChain,
      },
      attestations: consortium.attestations.map(({ id }) => id),
    }
  })
  after(() => folder.remove())

  const score = (file: string, ...more: string[]) =>
    runCli(['score', '--request', file, '--with', chain, ...more])

  it('computes the score that the passport will claim', async () => {
    const file = await folder.write('request.json', request)
    const { code, out } = await score(file, '--json')
    assert.equal(code, 0)
    const passport = await folder.consortium.passport()
    assert.deepEqual(parseJson(out), passport.secured.credential.credentialSubject.score)
  })

  it('counts the custody attestations the request names, and says what they cover', async () => {
    const { consortium } = folder
    const custody = await consortium.custody(await consortium.custodyAccreditation())
    const assured = await folder.present('assured.json', { add: [custody] })
    const file = await folder.write('custody.json', { ...request, custody: [custody.id] })
    const { code, out } = await score(file, '--with', assured, '--json')
    assert.equal(code, 0)
    assert.equal(parseJson(out).shareAssurance, 'limited')
    const text = (await score(file, '--with', assured)).out.replace(/\s+/g, ' ')
    assert.match(text, /pack, [^:]*:[^ ]*: limited, by https:\/\/productbody/)
    const missing = await score(file)
    assert.equal(missing.code, 1)
    assert.match(missing.err, /\/custody\/0/)
    const { id: attestation } = consortium.attestations[0] ?? { id: '' }
    const wrong = await folder.write('wrong.json', { ...request, custody: [attestation] })
    const refused = await score(wrong)
    assert.equal(refused.code, 1)
    assert.match(refused.err, /a CustodyAttestation/)
  })

  it('says for people that nothing was verified, and gives the same figures', async () => {
    const file = await folder.write('request.json', request)
    const { code, out } = await score(file)
    assert.equal(code, 0)
    assert.match(out, /if every attestation holds/)
    assert.match(out, /^ {2}Score +\d+\.\d\d of 100/m)
    assert.match(out, /^ {2}greenhouse-gas 1\.0\.0 /m)
  })

  it('takes the supply chain from a table, and names attestations by digest', async () => {
    const { battery, ...rest } = request
    const { supplyChain, ...others } = { supplyChain: [], ...Object(battery) }
    const file = await folder.write('short.json', {
      ...rest,
      battery: others,
      attestations: folder.consortium.attestations.map(
        ({ reference }) => reference.digestMultibase,
      ),
    })
    const rows = folder.consortium.supplyChain.map(
      ({ facility, stage, material = '', share, custodyModel }) =>
        [facility, stage, material, share, custodyModel].join(';'),
    )
    const header = '\ufefffacility;stage;material;share;custodyModel'
    const table = await folder.write('rows.csv', `${[header, ...rows].join('\r\n')}\r\n`)
    const fromTable = await score(file, '--supply-chain', table, '--json')
    assert.equal(fromTable.code, 0, fromTable.err)
    const fromRequest = await score(await folder.write('request.json', request), '--json')
    assert.equal(fromTable.out, fromRequest.out)
    assert.ok(supplyChain)
  })

  it('refuses a supply chain that is missing or given twice', async () => {
    const { battery } = request
    const { supplyChain: _, ...others } = { supplyChain: [], ...Object(battery) }
    const file = await folder.write('none.json', { ...request, battery: others })
    const none = await score(file)
    assert.equal(none.code, 1)
    assert.match(none.err, /supply chain is missing/)
    const table = await folder.write('empty.csv', 'facility,stage,share,custodyModel\n')
    const both = await score(await folder.write('request.json', request), '--supply-chain', table)
    assert.equal(both.code, 1)
    assert.match(both.err, /given twice/)
  })

  it('names every fault of a supply-chain table with its row', async () => {
    const { battery } = request
    const { supplyChain: _, ...others } = { supplyChain: [], ...Object(battery) }
    const file = await folder.write('none.json', { ...request, battery: others })
    const table = await folder.write(
      'bad.csv',
      [
        'facility,stage,material,share,custodyModel',
        'urn:a,mining,lithium,most of it,segregated',
        'urn:b,Mining,lithium,100,segregated',
        'urn:c,mining,lithium,10001,mass-balans',
      ].join('\n'),
    )
    const { code, err } = await score(file, '--supply-chain', table)
    assert.equal(code, 1)
    assert.match(err, /row 2, column share/)
    assert.match(err, /row 3, column stage/)
    assert.match(err, /Write mining if that is meant/)
    assert.match(err, /row 4, column share/)
    assert.match(err, /row 4, column custodyModel/)
    assert.match(err, /Write mass-balance if that is meant/)
    const sums = await folder.write(
      'sums.csv',
      [
        'facility,stage,material,share,custodyModel',
        'urn:a,mining,lithium,6000,segregated',
        '',
        'urn:a,mining,lithium,6000,segregated',
      ].join('\n'),
    )
    const second = await score(file, '--supply-chain', sums)
    assert.equal(second.code, 1)
    assert.match(second.err, /row 4, column facility/)
    assert.match(second.err, /row 4, column share/)
  })

  it('warns of shares that are likely percentages without their sign', async () => {
    const { supplyChain } = folder.consortium
    const [{ stage, material } = { stage: '', material: undefined }] = supplyChain
    const isThere = (row: object) =>
      'stage' in row && row.stage === stage && Object(row).material === material
    const shares = (share: number) => {
      const rows = supplyChain.filter((row) => !isThere(row))
      const one = { ...supplyChain[0], share }
      return { ...request, battery: { ...Object(request.battery), supplyChain: [one, ...rows] } }
    }
    const percent = await score(await folder.write('percent.json', shares(100)))
    assert.equal(percent.code, 0, percent.err)
    const text = percent.err.replaceAll(/\s+/g, ' ')
    assert.match(
      text,
      /sum to one percent\. where: \S+percent\.json \/battery\/supplyChain\/0\/share/,
    )
    assert.equal(text.match(/warning:/g)?.length, 1)
    assert.equal((await score(await folder.write('percent.json', shares(10000)))).err, '')
  })

  it('warns of rows that the method does not count, with row or pointer and the nearest name', async () => {
    const rows = [
      ['urn:uuid:a', 'minning', 'lithium'],
      ['urn:uuid:b', 'refining', 'litium'],
      ['urn:uuid:c', 'refining', 'litium'],
      ['urn:uuid:d', 'cell', 'lithium'],
      ['urn:uuid:e', 'mining', ''],
    ].map(([facility, stage, material]) => ({ facility, stage, material }))
    const supplyChain = [
      ...folder.consortium.supplyChain,
      ...rows.map(({ material, ...row }) => ({
        ...row,
        ...(material === '' ? {} : { material }),
        share: 150,
        custodyModel: 'segregated',
      })),
    ]
    const first = folder.consortium.supplyChain.length
    const { battery } = request
    const file = await folder.write('odd.json', {
      ...request,
      battery: { ...Object(battery), supplyChain },
    })
    const inRequest = await score(file, '--json')
    assert.equal(inRequest.code, 0, inRequest.err)
    const clean = await score(await folder.write('request.json', request), '--json')
    assert.equal(inRequest.out, clean.out, 'the rows count for nothing')
    assert.equal(clean.err, '')
    const { supplyChain: _, ...others } = { supplyChain: [], ...Object(battery) }
    const table = await folder.write(
      'odd.csv',
      [
        'facility,stage,material,share,custodyModel',
        '',
        ...supplyChain.map(({ facility, stage, material = '', share, custodyModel }) =>
          [facility, stage, material, share, custodyModel].join(','),
        ),
      ].join('\n'),
    )
    const short = await folder.write('short.json', { ...request, battery: others })
    const inTable = await score(short, '--supply-chain', table)
    assert.equal(inTable.code, 0, inTable.err)
    const flat = (text: string) => text.replaceAll(/\s+/g, ' ')
    for (const [at, member, told] of [
      [
        0,
        'stage',
        'expected: one of mining, refining, .* found: minning to do: Did you mean "mining"',
      ],
      [
        1,
        'material',
        ' and 1 more row expected: one of .* found: litium to do: Did you mean "lithium"',
      ],
      [3, 'material', 'expected: nothing: cell has no materials found: lithium'],
      [4, 'material', 'expected: one of lithium, .* found: nothing'],
    ] as const) {
      const pointer = `odd.json /battery/supplyChain/${first + at}/${member}`
      assert.match(flat(inRequest.err), new RegExp(`${pointer} ?${told}`))
      assert.match(
        flat(inTable.err),
        new RegExp(`row ${first + at + 3}, column ${member} ?${told}`),
      )
    }
    assert.equal(inTable.err.match(/^warning:/gm)?.length, 4)
  })

  it('names every attestation that is not at hand', async () => {
    const file = await folder.write('unknown.json', {
      ...request,
      attestations: ['urn:uuid:unknown-a', 'urn:uuid:unknown-b'],
    })
    const { code, out, err } = await score(file)
    assert.equal(code, 1)
    assert.equal(out, '')
    assert.match(err, /unknown\.json \/attestations\/0/)
    assert.match(err, /unknown\.json \/attestations\/1/)
  })

  it('names every fault of a request', async () => {
    const file = await folder.write('bad.json', {
      battery: { granularity: 'piece', category: 'EV', chemistry: 'nmc' },
    })
    const { code, err } = await score(file)
    assert.equal(code, 1)
    assert.match(err, /bad\.json \/battery\/granularity/)
    assert.match(err, /bad\.json \/battery\/chemistry/)
    assert.match(err, /bad\.json \/attestations/)
  })

  it('computes by a method of one’s own, and names those it knows otherwise', async () => {
    const file = await folder.write('request.json', request)
    const { code, err } = await score(file, '--method', 'esh@1.0.0')
    assert.equal(code, 64)
    assert.match(err, /Did you mean esg\?/)
    const other = await score(file, '--method', 'esg@7.0.0')
    assert.equal(other.code, 64)
    assert.match(other.err, /one of 1\.0\.0/)
  })
})
