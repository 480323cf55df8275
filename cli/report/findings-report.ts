import { type Finding, type FindingCode, SEVERITIES } from '@battery-passport/verifier'
import { comparison, duties, type FindingsDeps, headOf, labelled } from './finding-lines.ts'
import { addedFile, inputPlace } from './input-place.ts'
import { shortened, WIDTH, wrap } from './layout.ts'
import { plain } from './plain.ts'

/** So many findings of one code are shown in full, lest the one that counts drown in them. */
const SHOWN_IN_FULL = 3

/** Of the others, so many are named. */
const NAMED = 12

/** Nothing is to be done about them, so each takes one line. */
const PASSED_OVER: ReadonlySet<FindingCode> = new Set(['CREDENTIAL_UNUSED', 'NOTICE_UNUSED'])

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
  const same = (['expected', 'found'] as const).filter((name) =>
    group.every((each) => each[name] === first[name]),
  )
  const differing = (['expected', 'found'] as const).filter((name) => !same.includes(name))
  const lines = [
    headOf(first, deps),
    labelled('what', first.detail),
    ...group.flatMap((each) => [
      labelled('where', placeOf(each, deps)),
      ...comparison(each, differing),
    ]),
    ...comparison(first, same),
    ...duties(first),
  ]
  return lines.join('\n')
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
