import {
  type ChainLink,
  FINDING_KINDS,
  type Finding,
  type FindingCode,
  SEVERITIES,
  type Whose,
} from '@battery-passport/verifier'
import type { CredentialLabels } from './credential-labels.ts'
import { percent, points } from './figures.ts'
import { shortened, WIDTH, wrap } from './layout.ts'
import { plain } from './plain.ts'
import type { Style } from './style.ts'

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

/** So many findings of one code are shown in full, lest the one that counts drown in them. */
const SHOWN_IN_FULL = 3

/** Of the others, so many are named. */
const NAMED = 12

/** Nothing is to be done about them, so each takes one line. */
const PASSED_OVER: ReadonlySet<FindingCode> = new Set(['CREDENTIAL_UNUSED', 'NOTICE_UNUSED'])

/** What a report on findings is written with. */
export interface FindingsDeps {
  readonly chain: readonly ChainLink[]
  readonly labels: CredentialLabels
  readonly style: Style
  /** The name of the added file with that number. */
  readonly fileOf: (index: number) => string | undefined
}

/**
 * Findings as a person reads them, the worst first: what is wrong, where, what was expected and
 * found, what to do, and who mends it. The same finding in several places is told once, and of many
 * with one code the first ones in full.
 */
export function findingsReport(findings: readonly Finding[], deps: FindingsDeps): string {
  return SEVERITIES.flatMap((severity) => {
    const codes = new Map<FindingCode, Finding[]>()
    for (const each of findings) {
      if (each.severity === severity) codes.set(each.code, [...(codes.get(each.code) ?? []), each])
    }
    return [...codes].map(([code, alike]) =>
      PASSED_OVER.has(code) ? passedOverText(alike, deps) : codeText(alike, deps),
    )
  }).join('\n\n')
}

/** All findings of one severity and code: the first in full, the others by their places. */
function codeText(alike: readonly Finding[], deps: FindingsDeps): string {
  let room = SHOWN_IN_FULL
  const others: Finding[] = []
  const shown: string[] = []
  for (const group of groupsOf(alike)) {
    const full = group.slice(0, room)
    room -= full.length
    others.push(...group.slice(full.length))
    const [first, ...more] = full
    if (first !== undefined) shown.push(groupText([first, ...more], deps))
  }
  if (others.length === 0) return shown.join('\n\n')
  const places = [...new Set(others.map((each) => shortPlace(each)))]
  const rest = places.length > NAMED ? ', …; --json names every place' : ''
  const named = `and ${others.length} more like it: ${places.slice(0, NAMED).join(', ')}${rest}`
  return [...shown.slice(0, -1), `${shown.at(-1)}\n${wrap(plain(named), '    ')}`].join('\n\n')
}

/** Findings that say the same, whatever the place. */
function groupsOf(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>()
  for (const each of findings) {
    const key = [each.detail, each.remedy, each.whose].join('\n')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [each])
    else group.push(each)
  }
  return [...groups.values()]
}

/** An error is found by its pointer; of the rest it is enough to know the credential. */
function shortPlace({ severity, credential, pointer }: Finding): string {
  if (credential === '') return pointer
  const isNote = severity === 'warning' || severity === 'note'
  return pointer === '' || isNote ? credential : `${pointer} of ${credential}`
}

function headOf({ severity, code }: Finding, { style }: FindingsDeps): string {
  const head = `${severity} ${code}`
  const { title } = FINDING_KINDS[code]
  return wrap(`${title}.`, `  ${head}: `, '    ').replace(head, style[STYLES[severity]](head))
}

function passedOverText(findings: readonly Finding[], deps: FindingsDeps): string {
  const [any] = findings
  if (any === undefined) return ''
  const lines = groupsOf(findings).flatMap((group) => [
    ...group.slice(0, 1).map(({ detail }) => wrap(plain(detail), '    ')),
    ...group.slice(0, NAMED).map((each) => shortened(`    - ${subjectOf(each, deps)}`, WIDTH)),
    ...(group.length > NAMED
      ? [`    - and ${group.length - NAMED} more; --json names every one`]
      : []),
  ])
  return [headOf(any, deps), ...lines].join('\n')
}

/** What a person calls the credential. */
function subjectOf(
  { credential, pointer }: Finding,
  { chain, labels, fileOf }: FindingsDeps,
): string {
  const link = chain.find((each) => each.credential === credential)
  if (link === undefined) return plain(credential || inputPlace(pointer, fileOf))
  return `${labels.kind(link)} ${labels.about(link)}`
}

function groupText(group: readonly [Finding, ...Finding[]], deps: FindingsDeps): string {
  const [first] = group
  const { detail, remedy, whose } = first
  const same = (['expected', 'found'] as const).filter((name) =>
    group.every((each) => each[name] === first[name]),
  )
  const differing = (['expected', 'found'] as const).filter((name) => !same.includes(name))
  const lines = [
    headOf(first, deps),
    labelled('what', detail),
    ...group.flatMap((each) => [
      labelled('where', placeOf(each, deps)),
      ...comparison(each, differing),
    ]),
    ...comparison(first, same),
    labelled('to do', remedy),
    labelled('who', WHOSE[whose]),
  ]
  return lines.join('\n')
}

function comparison(finding: Finding, names: readonly ('expected' | 'found')[]): string[] {
  return names.flatMap((name) => {
    const text = finding[name]
    if (text === undefined) return []
    return [labelled(name, finding.code === 'POLICY_MINIMUM' ? inBothUnits(text, finding) : text)]
  })
}

/** A policy counts in basis points, the report shows a score of 100 and percent. */
function inBothUnits(text: string, { pointer }: Finding): string {
  return text.replace(/\d+/, (digits) => {
    const figure = Number(digits)
    const shown = pointer.endsWith('/value') ? `${points(figure)} of 100` : percent(figure)
    return `${digits} basis points (${shown})`
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
  const file = addedFile(link.pointer, fileOf)
  const about = labels.about(link)
  const id = about === credential ? '' : ` (${about})`
  return `${at}${link.type} ${credential}${id}${file === undefined ? '' : `, in ${file}`}`
}

/** A finding about the input or the policy: the added file by its name. */
function inputPlace(pointer: string, fileOf: FindingsDeps['fileOf']): string {
  const file = addedFile(pointer, fileOf)
  if (file !== undefined) return `${file} ${pointer.replace(/^\/with\/\d+/, '')}`.trimEnd()
  return pointer === '' ? 'the verification as a whole' : `${pointer} of the input`
}

/** The added file that a pointer leads into; none when it leads into the input itself. */
function addedFile(pointer: string, fileOf: FindingsDeps['fileOf']): string | undefined {
  const match = /^\/with\/(\d+)/.exec(pointer)
  return match === null ? undefined : fileOf(Number(match[1]))
}
