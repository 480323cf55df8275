import type { ChainLink, Finding } from '@battery-passport/verifier'
import type { CredentialLabels } from './credential-labels.ts'
import { shortened, WIDTH, wrap } from './layout.ts'
import type { Style } from './style.ts'

interface TreeDeps {
  readonly labels: CredentialLabels
  readonly style: Style
  readonly findings: readonly Finding[]
}

const RESULTS: Readonly<Record<ChainLink['result'], keyof Style>> = {
  passed: 'good',
  failed: 'bad',
  unknown: 'unsure',
  unused: 'faint',
}

const RESULT_WIDTH = 'unknown'.length

/**
 * The chain as a tree, the first credential as its root: what each rests on stands under it, with
 * its own result; many alike that all passed are one line. What several rest on is shown once, with
 * a number; `[1]` names it again. Below the tree stands what is not referred to by digest:
 * identities, status lists, what was not used.
 */
export function chainTree(chain: readonly ChainLink[], deps: TreeDeps): string {
  const [root, ...others] = uniqueLinks(chain)
  if (root === undefined) return '  (nothing could be read)'
  const byId = new Map([root, ...others].map((each) => [each.credential, each]))
  const shared = sharedNumbers([root, ...others], byId)
  const shown = new Set<ChainLink>()
  const lines: string[] = []
  const draw = (each: ChainLink, head: string, rest: string): void => {
    const number = shared.get(each)
    if (shown.has(each)) return
    shown.add(each)
    const children = each.restsOn.flatMap((id) => byId.get(id) ?? [])
    const again = children.filter((child) => shown.has(child)).flatMap((c) => shared.get(c) ?? [])
    const fresh = children.filter((child) => !shown.has(child))
    lines.push(...linesOf(each, [head, rest], { number, again, deps }))
    drawAll(fresh, (isLast) => [`${rest}${isLast ? '└ ' : '├ '}`, `${rest}${isLast ? '  ' : '│ '}`])
  }
  const drawAll = (
    links: readonly ChainLink[],
    headsOf: (isLast: boolean) => readonly [head: string, rest: string],
  ): void => {
    const isPlain = (each: ChainLink) =>
      each.result === 'passed' &&
      !shared.has(each) &&
      each.restsOn.every((id) => byId.get(id) === undefined || shown.has(byId.get(id) ?? each))
    for (let at = 0; at < links.length; ) {
      const each = links[at]
      if (each === undefined) return
      const run = links.slice(at).findIndex((other) => !isPlain(other) || !isAlike(other, each))
      const alike = isPlain(each) ? (run === -1 ? links.length - at : run) : 1
      const [head, rest] = headsOf(at + alike === links.length)
      if (alike < FOLDED) {
        draw(each, head, rest)
        at += 1
        continue
      }
      for (const folded of links.slice(at, at + alike)) shown.add(folded)
      const again = each.restsOn.flatMap((id) => shared.get(byId.get(id) ?? each) ?? [])
      lines.push(foldedLine(each, alike, head, { again, deps }))
      at += alike
    }
  }
  draw(root, '  ', '  ')
  const beside = others.filter((each) => !shown.has(each))
  const used = beside.filter(({ result }) => result !== 'unused')
  const unused = beside.filter(({ result }) => result === 'unused')
  for (const [title, group] of [
    ['also used', used],
    ['not used', unused],
  ] as const) {
    if (group.length === 0) continue
    lines.push(`  ${title}:`)
    drawAll(
      group.filter((each) => !shown.has(each)),
      () => ['  ', '  '],
    )
  }
  return lines.join('\n')
}

/** From so many on, credentials alike that all passed are one line, lest a failure drown in them. */
const FOLDED = 6

function isAlike(a: ChainLink, b: ChainLink): boolean {
  return a.type === b.type && a.issuer === b.issuer && a.restsOn.join() === b.restsOn.join()
}

function foldedLine(
  link: ChainLink,
  count: number,
  head: string,
  {
    again,
    deps: { labels, style },
  }: { readonly again: readonly number[]; readonly deps: TreeDeps },
): string {
  const result = style[RESULTS[link.result]](link.result.padEnd(RESULT_WIDTH))
  const by = `, by ${shortened(labels.party(link.issuer), 48)}`
  const tail = again.map((each) => ` → [${each}]`).join('')
  const kinds = labels.kind(link).replace(/y$/, 'ie')
  return `${head}${result}  ${count} more ${kinds}s${by}${tail}`
}

/** A credential that came twice with the same bytes is one. */
function uniqueLinks(chain: readonly ChainLink[]): ChainLink[] {
  const links = new Map<string, ChainLink>()
  for (const each of chain) {
    if (!links.has(each.digestMultibase)) links.set(each.digestMultibase, each)
  }
  return [...links.values()]
}

function sharedNumbers(
  chain: readonly ChainLink[],
  byId: ReadonlyMap<string, ChainLink>,
): ReadonlyMap<ChainLink, number> {
  const seen = new Set<ChainLink>()
  const numbers = new Map<ChainLink, number>()
  for (const { restsOn } of chain) {
    for (const id of restsOn) {
      const each = byId.get(id)
      if (each === undefined) continue
      if (seen.has(each) && !numbers.has(each)) numbers.set(each, numbers.size + 1)
      seen.add(each)
    }
  }
  return numbers
}

function linesOf(
  link: ChainLink,
  [head, rest]: readonly [head: string, rest: string],
  about: {
    readonly number: number | undefined
    readonly again: readonly number[]
    readonly deps: TreeDeps
  },
): string[] {
  const { number, again, deps } = about
  const { labels, style, findings } = deps
  const codes = new Set(
    findings.flatMap(({ credential, severity, code }) =>
      credential === link.credential && (severity === 'error' || severity === 'unknown')
        ? [code]
        : [],
    ),
  )
  const isList = link.type === 'BitstringStatusListCredential'
  const by = link.issuer === '' || isList ? '' : `, by ${shortened(labels.party(link.issuer), 34)}`
  const tail = by + again.map((each) => ` → [${each}]`).join('')
  const start = `${labels.kind(link)}${number === undefined ? '' : ` [${number}]`} `
  const room = WIDTH - [...head].length - RESULT_WIDTH - 2 - start.length - [...tail].length
  const text = `${start}${shortened(labels.about(link), Math.max(room, 12))}${tail}`
  const result = style[RESULTS[link.result]](link.result.padEnd(RESULT_WIDTH))
  const indent = ' '.repeat(RESULT_WIDTH + 2)
  return [
    `${head}${result}  ${text}`,
    ...(codes.size === 0 ? [] : [wrap([...codes].join(' '), `${rest}${indent}`)]),
  ]
}
