import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from '../input/read-document.ts'
import { memberOf } from '../service/json-members.ts'
import { didOf, onlyParty, type World } from './world.ts'
import { writeJson } from './write-json.ts'

/** What the buyer of the demo asks for besides the template: basis points. */
const MINIMUMS = { overall: { value: 6000, coverage: 9000, assured: 9000 } }

/**
 * The buyer's policy: that of `policy init` with the scheme owner as its one anchor, made to accept
 * the shipped, illustrative rulebooks, and with minimums. The manufacturer's service uses it, too.
 */
export async function writePolicy(world: World): Promise<void> {
  const { places, calls } = world
  const anchor = `${didOf(world, onlyParty(world, 'scheme-owner').key)}=scheme-owner`
  const template = join(places.root, 'forms', 'policy-template.json')
  await calls.must(['policy', 'init', '--anchor', anchor, '--out', template])
  const document = memberOf(parseDocument(await readFile(template), template))
  await writeJson(places.policy, {
    ...document,
    $comment:
      'The policy of the demo: FICTIONAL parties. It accepts the shipped rulebooks although they are illustrative; do not use it for anything real.',
    allowIllustrative: true,
    minimums: MINIMUMS,
  })
  await calls.must(['policy', 'check', places.policy])
}
