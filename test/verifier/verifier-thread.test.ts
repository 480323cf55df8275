import assert from 'node:assert/strict'
import { briefly } from '@battery-passport/verifier'
import { VerifierThread } from '@battery-passport/verifier/threads'
import { BATTERY_ID, Consortium, clockAt, presentationOf } from '../support/consortium.ts'

describe('a verifier on a thread of its own', () => {
  let consortium: Consortium
  let thread: VerifierThread
  let companions: Uint8Array
  let passport: string
  let asked: Omit<Parameters<VerifierThread['verifyPassport']>[0], 'companions'>

  before(async () => {
    consortium = await Consortium.assemble()
    const { attestations, accreditations, identities, parties } = consortium
    const lists = await consortium.statusLists()
    companions = presentationOf([
      ...attestations,
      ...accreditations.values(),
      ...identities.values(),
      ...lists,
    ])
    passport = JSON.stringify((await consortium.passport()).document)
    const expectIssuer = parties.packMaker.did
    asked = { passport, now: clockAt().now(), expectSubject: BATTERY_ID, expectIssuer }
    thread = new VerifierThread({
      policy: consortium.policy(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    })
  })
  after(() => thread.close())

  it('answers as one in place, for every question of its own clock', async () => {
    const kept = thread.keep([companions])
    const later = asked.now + 40 * 365 * 86_400
    for (const [now, outcome] of [
      [asked.now, 'accepted'],
      [later, 'rejected'],
      [asked.now, 'accepted'],
    ] as const) {
      const verdict = await thread.verifyPassport({ ...asked, now, companions: kept })
      assert.equal(verdict.outcome, outcome)
      const at = new Date(now * 1000).toISOString().replace('.000Z', 'Z')
      const inPlace = await consortium.verifier({}, at).verifyPassport(bytesOf(passport), {
        with: [companions],
        expectSubject: asked.expectSubject,
        expectIssuer: asked.expectIssuer,
      })
      assert.deepEqual(verdict, briefly(inPlace))
    }
  })

  it('answers each of many questions that come at once', async () => {
    const kept = thread.keep([companions])
    const subjects = Array.from({ length: 20 }, (_, index) =>
      index % 3 === 0 ? BATTERY_ID : `${BATTERY_ID}-${index}`,
    )
    const verdicts = await Promise.all(
      subjects.map((expectSubject) =>
        thread.verifyPassport({ ...asked, expectSubject, companions: kept }),
      ),
    )
    for (const [index, { outcome, findings }] of verdicts.entries()) {
      const isOurs = subjects[index] === BATTERY_ID
      assert.equal(outcome, isOurs ? 'accepted' : 'rejected')
      assert.equal(
        findings.some(({ code }) => code === 'SUBJECT_UNEXPECTED'),
        !isOurs,
      )
    }
  })

  it('fails a question about credentials that were released, and goes on', async () => {
    const kept = thread.keep([companions])
    const released = thread.keep([companions])
    thread.release(released)
    await assert.rejects(
      thread.verifyPassport({ ...asked, companions: released }),
      new RegExp(`nothing is kept under ${released}`),
    )
    const { outcome } = await thread.verifyPassport({ ...asked, companions: kept })
    assert.equal(outcome, 'accepted')
  })

  it('answers what was asked before credentials were released, or all was forgotten', async () => {
    const released = thread.keep([companions])
    await thread.verifyPassport({ ...asked, companions: released })
    const before = thread.verifyPassport({ ...asked, companions: released })
    thread.release(released)
    assert.equal((await before).outcome, 'accepted')
    const kept = thread.keep([companions])
    const beforeForgetting = thread.verifyPassport({ ...asked, companions: kept })
    thread.forget()
    assert.equal((await beforeForgetting).outcome, 'accepted')
    thread.release(kept)
  })

  it('rejects what is under way when it ends, and starts anew with what it kept', async () => {
    const kept = thread.keep([companions])
    const underWay = thread.verifyPassport({ ...asked, companions: kept })
    await Promise.all([assert.rejects(underWay, /has ended/), thread.close()])
    const { outcome } = await thread.verifyPassport({ ...asked, companions: kept })
    assert.equal(outcome, 'accepted')
  })

  function bytesOf(text: string): Uint8Array {
    return new TextEncoder().encode(text)
  }
})
