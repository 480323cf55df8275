import type { Inquiry } from '../inquiry.ts'
import type { Identity, SecuredCredential } from '../reading/secured-credential.ts'
import { type Party, party } from '../trust/independence.ts'
import type { Examiners } from './examiners.ts'
import { operates, registeredOperators } from './facilities.ts'

/** Parties an assurance body must not depend on, with the identities they were known by. */
export interface OtherParties {
  readonly parties: readonly Party[]
  readonly used: readonly SecuredCredential[]
}

/** Whom an attestation names as operating a facility, and the group it says that belongs to. */
export interface DeclaredOperator {
  readonly did: string
  readonly group: string | undefined
}

/** Who operates any of some facilities: those that attestations declare, and those registered. */
export async function operatorParties(
  facilities: ReadonlySet<string>,
  declared: readonly DeclaredOperator[],
  { documents }: Inquiry,
  { identity }: Examiners,
): Promise<OtherParties> {
  const parties: Party[] = []
  const used: SecuredCredential[] = []
  for (const { did, group } of declared) {
    const operator = await identity(did)
    used.push(...operator.used)
    parties.push(party('operator', did, operator, { parent: group, byOther: false }))
  }
  const known = new Set(declared.map(({ did }) => did))
  for (const did of registeredOperators(facilities, documents)) {
    // A body that names another operator must not become independent of the registered one.
    if (known.has(did)) continue
    const registered = await identity(did)
    const naming = (identities: readonly Identity[]) =>
      identities.filter(({ credential }) => operates(credential.credentialSubject, facilities))
    const found = { good: naming(registered.good), undecided: naming(registered.undecided) }
    if (found.good.length + found.undecided.length === 0) continue
    used.push(...registered.used)
    parties.push(party('operator', did, found, { byOther: false }))
  }
  return { parties, used }
}

/** The issuer of the passport, where there is one. */
export function passportIssuerOf({ passportIssuer }: Examiners): OtherParties {
  return { parties: passportIssuer === null ? [] : [passportIssuer], used: [] }
}

/** The issuer of the passport, or, where there is none, the manufacturer a statement names. */
export async function manufacturerOf(did: string, examiners: Examiners): Promise<OtherParties> {
  if (examiners.passportIssuer !== null) return passportIssuerOf(examiners)
  const manufacturer = await examiners.identity(did)
  const { used } = manufacturer
  return { parties: [party('manufacturer', did, manufacturer, { byOther: false })], used }
}

/** All of them. */
export function together(...others: readonly OtherParties[]): OtherParties {
  return {
    parties: others.flatMap(({ parties }) => parties),
    used: others.flatMap(({ used }) => used),
  }
}
