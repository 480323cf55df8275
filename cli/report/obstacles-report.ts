import type { Finding } from '@battery-passport/verifier'
import { comparison, duties, type FindingsDeps, headOf, labelled } from './finding-lines.ts'
import { inputPlace } from './input-place.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'

/** So many findings of one code are told of a credential. */
const SHOWN = 3

/** Of what is alike, so many places are named. */
const NAMED = 6

/** Whether a finding is a reason why no score is accepted. */
export function standsInTheWay({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'unknown'
}

/**
 * What stands in the way of a score, credential by credential in the order of the chain, those with
 * an error first: whoever answers for one finds everything that is to be done about it in one place.
 * Credentials in whose way the same stands are named together.
 */
export function obstaclesReport(findings: readonly Finding[], deps: FindingsDeps): string {
  const ofCredential = new Map<string, Finding[]>()
  for (const { credential } of deps.chain) ofCredential.set(credential, [])
  for (const each of findings.filter(standsInTheWay)) {
    ofCredential.set(each.credential, [...(ofCredential.get(each.credential) ?? []), each])
  }
  const groups = new Map<string, Group>()
  for (const [credential, obstacles] of ofCredential) {
    if (obstacles.length === 0) continue
    const key = JSON.stringify(obstacles.map((each) => ({ ...each, credential: '' })))
    const group = groups.get(key) ?? { credentials: [], obstacles }
    groups.set(key, { ...group, credentials: [...group.credentials, credential] })
  }
  const isRejected = ({ obstacles }: Group) =>
    obstacles.some(({ severity }) => severity === 'error')
  const all = [...groups.values()]
  const sorted = [...all.filter(isRejected), ...all.filter((each) => !isRejected(each))]
  return sorted.map((each) => groupText(each, deps)).join('\n\n')
}

/** Credentials of which the same is found. */
interface Group {
  readonly credentials: readonly string[]
  readonly obstacles: readonly Finding[]
}

function groupText({ credentials, obstacles }: Group, deps: FindingsDeps): string {
  const codes = new Map<string, Finding[]>()
  for (const severity of ['error', 'unknown']) {
    for (const each of obstacles) {
      if (each.severity !== severity) continue
      const key = `${severity} ${each.code}`
      codes.set(key, [...(codes.get(key) ?? []), each])
    }
  }
  const rest = credentials.length - NAMED
  return [
    ...credentials.slice(0, NAMED).map((each) => headingOf(each, deps)),
    ...(rest > 0 ? [`  and ${rest} more; --json names every one`] : []),
    ...[...codes.values()].map((alike) => alikeText(alike, deps)),
  ].join('\n')
}

/** Which credential it is, who issued it, and where it stands. */
function headingOf(credential: string, { chain, labels, style, fileOf }: FindingsDeps): string {
  const links = chain.filter((each) => each.credential === credential)
  const [first] = links
  const strong = (text: string) => wrap(text, '  ', '    ').split('\n').map(style.strong).join('\n')
  if (credential === '') return strong('the verification as a whole')
  if (first === undefined) return strong(plain(credential))
  const about = labels.about(first)
  const id = about === credential ? '' : ` (${plain(credential)})`
  const by = first.issuer === '' ? '' : `, by ${labels.party(first.issuer)}`
  const places = links.map(({ pointer }) =>
    pointer === '' ? 'the input itself' : inputPlace(pointer, fileOf),
  )
  return strong(`${labels.kind(first)} ${about}${id}${by}; ${plain(places.join(', '))}`)
}

/** Findings of one code: the first in full, the others by their places. */
function alikeText(alike: readonly Finding[], deps: FindingsDeps): string {
  const texts = alike
    .slice(0, SHOWN)
    .map((each) =>
      [
        headOf(each, deps),
        labelled('what', each.detail),
        labelled('where', placeIn(each, deps)),
        ...comparison(each, ['expected', 'found']),
        ...duties(each),
      ].join('\n'),
    )
  const others = alike.slice(SHOWN).map((each) => placeIn(each, deps))
  if (others.length === 0) return texts.join('\n')
  const rest = others.length > NAMED ? ', …; --json names every place' : ''
  const named = `and ${others.length} more like it: ${others.slice(0, NAMED).join(', ')}${rest}`
  return [...texts, wrap(plain(named), '    ')].join('\n')
}

/** The place in the credential, which the heading names. */
function placeIn({ credential, pointer }: Finding, { fileOf }: FindingsDeps): string {
  if (credential === '') return inputPlace(pointer, fileOf)
  return pointer === '' ? 'the whole of it' : pointer
}
