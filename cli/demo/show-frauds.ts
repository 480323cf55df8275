import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readKeyFile, readPassphrase } from '@battery-passport/keys'
import { atMost } from './at-most.ts'
import { askVerifier } from './buyer.ts'
import { expectVerdict } from './expect-verdict.ts'
import type { Fraud, Workshop } from './fraud.ts'
import { passportFrauds } from './fraud-passports.ts'
import { revokedFraud } from './fraud-revoked.ts'
import { statementFrauds } from './fraud-statements.ts'
import { tamperingFrauds } from './fraud-tampering.ts'
import { takeApart } from './genuine.ts'
import { AT_A_TIME, type World } from './world.ts'

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
  return [...tamperingFrauds(workshop), ...passports, ...statements, revoked]
}

/** Shows each fraud to the verifier: it must refuse it, for exactly the reason said. */
export async function showFrauds(
  { world, folder }: Workshop,
  frauds: readonly Fraud[],
): Promise<void> {
  await atMost(AT_A_TIME, frauds, async ({ title, expected, presentation, ...rest }, index) => {
    const file = join(folder, `fraud-${index + 1}.json`)
    await writeFile(file, presentation)
    const { board } = world
    const codes = expected.map(({ code, on }) => `${code} (${on})`).join(', ')
    await board.step(
      async () => {
        const offer = { file, ...(rest.with === undefined ? {} : { with: rest.with }) }
        expectVerdict(title, await askVerifier(world, offer), 'rejected', expected)
      },
      () => `refused: ${title}\n${' '.repeat(11)}${codes}`,
    )
  })
}
