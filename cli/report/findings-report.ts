import { type ChainLink, FINDING_KINDS, type Finding, type Whose } from '@battery-passport/verifier'
import type { CredentialLabels } from './credential-labels.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'
import type { Style } from './style.ts'

const SEVERITIES = ['error', 'unknown', 'warning', 'note'] as const
const STYLES = { error: 'bad', unknown: 'unsure', warning: 'unsure', note: 'faint' } as const

/** Who mends it, in words that need no knowledge of the codes. */
const WHOSE: Readonly<Record<Whose, string>> = {
  issuer: 'its issuer',
  'assurance-body': 'the assurance body that attested it',
  scheme: 'the scheme or its accreditation body',
  holder: 'whoever gave it to you',
  verifier: 'you',
  network: 'whoever runs the service that did not answer',
}

/** At most this many places are listed for one and the same finding. */
const MOST_PLACES = 6

export interface FindingsDeps {
  readonly chain: readonly ChainLink[]
  readonly labels: CredentialLabels
  readonly style: Style
  /** The name of the added file with that number. */
  readonly fileOf: (index: number) => string | undefined
}

/**
 * Findings as a person reads them, the worst first: what is wrong, where, what was expected and
 * found, what to do, and who mends it. The same finding in several places is told once.
 */
export function findingsReport(findings: readonly Finding[], deps: FindingsDeps): string {
  const sorted = SEVERITIES.flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  )
  const groups = new Map<string, [Finding, ...Finding[]]>()
  for (const each of sorted) {
    const key = [each.severity, each.code, each.detail, each.remedy, each.whose].join('\n')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [each])
    else group.push(each)
  }
  return [...groups.values()].map((group) => groupText(group, deps)).join('\n\n')
}

function groupText(group: readonly [Finding, ...Finding[]], deps: FindingsDeps): string {
  const [first] = group
  const { severity, code, detail, remedy, whose } = first
  const { title } = FINDING_KINDS[code]
  const head = `${severity} ${code}`
  const same = (['expected', 'found'] as const).filter((name) =>
    group.every((each) => each[name] === first[name]),
  )
  const differing = (['expected', 'found'] as const).filter((name) => !same.includes(name))
  const more = group.length - MOST_PLACES
  const lines = [
    wrap(`${title}.`, `  ${head}: `, '    ').replace(head, deps.style[STYLES[severity]](head)),
    labelled('what', detail),
    ...group
      .slice(0, MOST_PLACES)
      .flatMap((each) => [labelled('where', placeOf(each, deps)), ...comparison(each, differing)]),
    ...(more > 0 ? [labelled('', `and ${more} more; --json names every place`)] : []),
    ...comparison(first, same),
    labelled('to do', remedy),
    labelled('who', WHOSE[whose]),
  ]
  return lines.join('\n')
}

function comparison(finding: Finding, names: readonly ('expected' | 'found')[]): string[] {
  return names.flatMap((name) => {
    const text = finding[name]
    return text === undefined ? [] : [labelled(name, text)]
  })
}

function labelled(name: string, text: string): string {
  return wrap(plain(text), `    ${(name && `${name}:`).padEnd(10)}`)
}

function placeOf(
  { credential, pointer }: Finding,
  { chain, labels, fileOf }: FindingsDeps,
): string {
  if (credential === '') return inputPlace(pointer, fileOf)
  const link = chain.find((each) => each.credential === credential)
  const at = pointer === '' ? '' : `${pointer} of `
  if (link === undefined) return `${at}${credential}`
  const file = fileOf(addedIndex(link.pointer) ?? -1)
  const about = labels.about(link)
  const id = about === credential ? '' : ` (${about})`
  return `${at}${link.type} ${credential}${id}${file === undefined ? '' : `, in ${file}`}`
}

/** A finding about the input or the policy: the added file by its name. */
function inputPlace(pointer: string, fileOf: FindingsDeps['fileOf']): string {
  const file = fileOf(addedIndex(pointer) ?? -1)
  if (file !== undefined) return `${file} ${pointer.replace(/^\/with\/\d+/, '')}`.trimEnd()
  return pointer === '' ? 'the verification as a whole' : `${pointer} of the input`
}

function addedIndex(pointer: string): number | null {
  const match = /^\/with\/(\d+)/.exec(pointer)
  return match === null ? null : Number(match[1])
}
