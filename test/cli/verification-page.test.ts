import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { FINDING_KINDS, type FindingKind, LIMITS, parsePolicy } from '@battery-passport/verifier'
import { POLICY_FIELDS } from '../../cli/policy/fields.ts'

const page = await readFile(
  fileURLToPath(new URL('../../docs/verification.md', import.meta.url)),
  'utf8',
)

describe('docs/verification.md', () => {
  it('shows a policy that is in order', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? []
    const result = parsePolicy(JSON.parse(example))
    assert.ok(result.ok, JSON.stringify(result))
    assert.match(example, /"\$comment"/)
  })

  it('names every field of a policy', () => {
    const section = page.slice(page.indexOf('\n## Policy\n'), page.indexOf('\n## The command line'))
    for (const { place } of POLICY_FIELDS) {
      const name = place.split('/').at(-1)
      if (name !== '*') assert.ok(section.includes(`\`${name}\``), place)
    }
  })

  it('has the headings that the codes refer to', () => {
    const kinds: readonly FindingKind[] = Object.values(FINDING_KINDS)
    const headings = kinds.flatMap(
      ({ see }) => /^docs\/verification\.md, (.+)$/.exec(see)?.[1] ?? [],
    )
    assert.ok(headings.length > 0)
    for (const heading of headings) assert.ok(page.includes(`\n## ${heading}\n`), heading)
  })

  it('names only codes that exist', () => {
    const known = Object.keys(FINDING_KINDS)
    const names = [...page.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name = '']) => name)
    assert.ok(names.length > 10)
    for (const name of names) if (name !== 'NO_COLOR') assert.ok(known.includes(name), name)
  })

  it('states the limits as they are', () => {
    const limits = page.slice(page.indexOf('\n## Limits\n'))
    const kib = (bytes: number) => `${bytes / 1024} KiB`
    assert.ok(limits.includes(`${kib(LIMITS.credentialBytes)}, ${kib(LIMITS.passportBytes)} |`))
    assert.ok(
      limits.includes(
        `${kib(LIMITS.envelopedCredentialBytes)}, ${kib(LIMITS.envelopedPassportBytes)} |`,
      ),
    )
    assert.ok(
      limits.includes(
        `${LIMITS.depth}; ${LIMITS.nodes.toLocaleString('en')}; ${LIMITS.objectMembers}; ${LIMITS.arrayItems} (attestations of a passport: ${LIMITS.attestations}); ${kib(LIMITS.stringBytes)} (an encoded list: ${kib(LIMITS.encodedListBytes)})`,
      ),
    )
    assert.ok(limits.includes(`| ${LIMITS.presentationBytes / 1024 / 1024} MiB |`))
    assert.ok(limits.includes(`| ${LIMITS.presentationCredentials} |`))
    assert.ok(limits.includes(`| ${LIMITS.chainDepth} |`))
    assert.ok(limits.includes(`| ${LIMITS.documentsOfOneId} |`))
  })
})
