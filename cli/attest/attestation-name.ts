import type { AttestationRequest } from '@battery-passport/issuer'
import type { ProofForm } from '@battery-passport/keys'

/**
 * The names of the files that attestations are written to: subject, rulebook and end of the period,
 * so that a folder of them can be read by people; a number sets equal ones apart.
 */
export function attestationNames(
  attestations: readonly {
    readonly subject: AttestationRequest['subject']
    readonly rulebook: string
  }[],
  form: ProofForm | undefined,
): string[] {
  const ending = form === 'vc+jwt' ? 'jwt' : 'json'
  const used = new Map<string, number>()
  return attestations.map(({ subject, rulebook }) => {
    const name = `${shortId(subject.id)}.${rulebook}.${subject.period.until}`
    const count = (used.get(name) ?? 0) + 1
    used.set(name, count)
    return count === 1 ? `${name}.${ending}` : `${name}.${count}.${ending}`
  })
}

/** The last part of an id, in characters that every file system takes. */
function shortId(id: string): string {
  const last = id.split(/[/:#?]/).findLast((part) => part !== '') ?? id
  return last.replaceAll(/[^A-Za-z0-9.-]+/g, '-').slice(0, 60)
}
