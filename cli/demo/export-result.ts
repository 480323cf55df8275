import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { textOfSecured } from '@battery-passport/issuer'
import { refusal } from '../errors.ts'
import type { Answer } from './buyer.ts'
import { takeApart } from './genuine.ts'
import type { World } from './world.ts'

/**
 * Leaves what another program needs to check everything anew: the presentation, the passport, the
 * policy, the verdict with its instant, and every credential in a file of its own. It is verified
 * from there once more.
 *
 * @throws {CommandError} refused: from there it is not accepted
 */
export async function exportResult(
  { places, calls }: World,
  about: { readonly folder: string; readonly presentation: string; readonly answer: Answer },
): Promise<void> {
  const { folder, answer } = about
  const presentation = await readFile(about.presentation)
  const { passport, others } = takeApart(presentation)
  await writeFile(join(folder, 'presentation.json'), presentation)
  await writeFile(join(folder, 'passport.json'), `${textOfSecured(passport)}\n`)
  await writeFile(join(folder, 'verdict.json'), answer.text)
  await cp(places.policy, join(folder, 'policy.json'))
  await cp(places.credentials(), join(folder, 'credentials'), { recursive: true })
  await cp(places.passports(), join(folder, 'passports'), { recursive: true })
  const lists = others.filter(({ type, issuer }) => {
    return type === 'BitstringStatusListCredential' && issuer === passport.issuer
  })
  const manufacturer = join(folder, 'credentials', 'lists', 'manufacturer')
  await mkdir(manufacturer)
  for (const list of lists) {
    const name = `${basename(list.id)}.json`
    await writeFile(join(manufacturer, name), `${textOfSecured(list)}\n`)
  }
  const policy = ['--policy', join(folder, 'policy.json'), '--at', answer.verdict.at]
  const verified = await calls.call(['verify', join(folder, 'presentation.json'), ...policy])
  if (verified.exitCode === 0) return
  throw refusal({
    what: 'What was written for other programs is not accepted.',
    where: folder,
    expected: 'exit code 0',
    found: `exit code ${verified.exitCode}\n${verified.stdout.slice(0, 2000)}`,
  })
}
