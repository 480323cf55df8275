import { formatInstant } from '@battery-passport/contexts'
import type { Severity } from './findings/finding-kind.ts'
import { type Finding, finding, isClean } from './findings/findings.ts'
import { followedReferences } from './reading/chain.ts'
import type { DecodedDocument } from './reading/decoded-document.ts'
import { digestOf } from './reading/documents.ts'
import { isOfType, type SecuredCredential } from './reading/secured-credential.ts'
import type { ChainLink, CredentialChain } from './verdict.ts'

const RANK: Readonly<Record<Severity, number>> = { note: 0, warning: 1, unknown: 2, error: 3 }

/** What a walk has found so far, and which credentials it used. Each finding stands once. */
export class Report {
  private readonly found = new Map<string, Finding>()
  /** What was added, itself: what is wrong with an accreditation is told by all that rest on it. */
  private readonly added = new Set<Finding>()
  private readonly usedDigests = new Set<string>()
  private oldestList: number | null = null

  add(findings: readonly Finding[]): void {
    for (const each of findings) {
      if (this.added.has(each)) continue
      this.added.add(each)
      const { code, credential, pointer, found } = each
      const key = JSON.stringify([code, credential, pointer, found])
      const known = this.found.get(key)
      // Two credentials may share an id: a warning on one must not hide an error on the other.
      if (known === undefined || RANK[each.severity] > RANK[known.severity]) {
        this.found.set(key, each)
      }
    }
  }

  use(credentials: readonly SecuredCredential[]): void {
    for (const credential of credentials) {
      this.usedDigests.add(credential.digestMultibase)
      if (isOfType(credential, 'BitstringStatusListCredential')) {
        this.oldestList = Math.min(this.oldestList ?? credential.created, credential.created)
      }
    }
  }

  /** Whether nothing found so far stands against acceptance. */
  get isClean(): boolean {
    return isClean(this.findings)
  }

  get findings(): readonly Finding[] {
    return [...this.found.values()]
  }

  /** The instant as of which nothing used was withdrawn, RFC 3339. */
  get statusAsOf(): { readonly statusAsOf?: string } {
    return this.oldestList === null ? {} : { statusAsOf: formatInstant(this.oldestList) }
  }

  /** Notes on documents that nothing rests on; what has no id might be anything, so it counts. */
  addUnused(documents: readonly DecodedDocument[]): void {
    const named = new Set(this.findings.map(({ credential }) => credential))
    for (const document of documents) {
      if (this.usedDigests.has(digestOf(document))) continue
      if (!document.ok && document.id === '') {
        this.add(document.findings)
        continue
      }
      const id = document.ok ? document.secured.id : document.id
      if (named.has(id)) continue
      this.add([unusedNote(document, id)])
    }
  }

  /** Every document of the input with its own result. */
  chain(documents: readonly DecodedDocument[]): CredentialChain {
    const worst = new Map<string, 'error' | 'unknown'>()
    for (const { severity, credential } of this.findings) {
      if (severity === 'error') worst.set(credential, severity)
      if (severity === 'unknown' && !worst.has(credential)) worst.set(credential, severity)
    }
    return documents.map((document) => link(document, worst, this.usedDigests))
  }
}

function unusedNote(document: DecodedDocument, id: string): Finding {
  const isNotice = document.ok && isOfType(document.secured, 'WithdrawalNotice')
  return finding(isNotice ? 'NOTICE_UNUSED' : 'CREDENTIAL_UNUSED', {
    credential: id,
    pointer: '',
    expected: isNotice ? 'a status list that names it' : 'a reference from what was looked at',
    found: 'none',
    detail: document.ok
      ? isNotice
        ? 'No status list names this notice for anything that was looked at.'
        : 'Nothing rests on this credential.'
      : `Nothing rests on this document, and it cannot be read: ${document.findings.map(({ code }) => code).join(', ')}.`,
  })
}

/** Links that were made before: what many passports share is linked the same way in each. */
const links = new WeakMap<SecuredCredential, Map<ChainLink['result'], ChainLink>>()

function link(
  document: DecodedDocument,
  worst: ReadonlyMap<string, 'error' | 'unknown'>,
  used: ReadonlySet<string>,
): ChainLink {
  if (!document.ok) {
    const { pointer, id, type, digestMultibase } = document
    const counts = id === '' || worst.has(id)
    return {
      credential: id,
      type,
      issuer: '',
      pointer,
      digestMultibase,
      result: counts ? 'failed' : 'unused',
      restsOn: [],
    }
  }
  const { secured } = document
  const result = resultOf(secured, worst.get(secured.id), used)
  const known = links.get(secured)
  const same = known?.get(result)
  if (same !== undefined) return same
  const made = linkOf(secured, result)
  if (known === undefined) links.set(secured, new Map([[result, made]]))
  else known.set(result, made)
  return made
}

function resultOf(
  { digestMultibase }: SecuredCredential,
  worst: 'error' | 'unknown' | undefined,
  used: ReadonlySet<string>,
): ChainLink['result'] {
  if (worst === 'error') return 'failed'
  if (worst === 'unknown') return 'unknown'
  return used.has(digestMultibase) ? 'passed' : 'unused'
}

/** Frozen, since it stands in many verdicts. */
function linkOf(secured: SecuredCredential, result: ChainLink['result']): ChainLink {
  const { id, type, issuer, pointer, digestMultibase, credential, created } = secured
  return Object.freeze({
    credential: id,
    type,
    issuer,
    pointer,
    digestMultibase,
    result,
    restsOn: Object.freeze(followedReferences(secured).map(({ reference }) => reference.id)),
    validFrom: credential.validFrom,
    validUntil: credential.validUntil,
    signedAt: formatInstant(created),
  })
}
