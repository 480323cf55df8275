import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readKeyFile, readPassphrase } from '@battery-passport/keys'
import { askVerifier } from './buyer.ts'
import { expectVerdict } from './expect-verdict.ts'
import type { Fraud, Workshop } from './fraud.ts'
import { passportFrauds } from './fraud-passports.ts'
import { revokedFraud } from './fraud-revoked.ts'
import { statementFrauds } from './fraud-statements.ts'
import { tamperingFrauds } from './fraud-tampering.ts'
import { takeApart } from './genuine.ts'
import { AT_A_TIME, type World } from './world.ts'

/** So that a code stands below its title. */
const INDENT = ' '.repeat(10)

/** What frauds are made of, from a genuine presentation. */
export async function openWorkshop(
  world: World,
  presentation: string,
  folder: string,
): Promise<Workshop> {
  const { places } = world
  await mkdir(folder, { recursive: true })
  const passphrase = await readPassphrase({ file: places.passphrase }, {})
  return {
    world,
    folder,
    genuine: takeApart(await readFile(presentation)),
    signerOf: (party) => readKeyFile(places.key(party), passphrase),
  }
}

/** Every kind of fraud, in the order in which they are shown. */
export async function allFrauds(workshop: Workshop): Promise<readonly Fraud[]> {
  const [statements, passports, revoked] = await Promise.all([
    statementFrauds(workshop),
    passportFrauds(workshop),
    revokedFraud(workshop),
  ])
  const { outOfScope, afterTheEnd, adverse, ownStatement } = statements
  return [
    ...tamperingFrauds(workshop),
    passports.otherFacility,
    outOfScope,
    afterTheEnd,
    revoked,
    passports.inflated,
    adverse,
    ownStatement,
    passports.rival,
  ]
}

/** Shows each fraud to the verifier: it must refuse it, for exactly the reason said. */
export async function showFrauds(
  { world, folder }: Workshop,
  frauds: readonly Fraud[],
): Promise<void> {
  const steps = frauds.map(({ title, expected, presentation, ...rest }, index) => ({
    said: `refused: ${title}\n${INDENT}${expected.map(({ code, on }) => `${code} (${on})`).join(', ')}`,
    work: async () => {
      const file = join(folder, `fraud-${index + 1}.json`)
      await writeFile(file, presentation)
      const offer = { file, ...(rest.with === undefined ? {} : { with: rest.with }) }
      expectVerdict(title, await askVerifier(world, offer), 'rejected', expected)
    },
  }))
  await world.board.steps(AT_A_TIME, steps)
}
