import {
  type AssuranceLevel,
  escapePointer,
  isSharedPart,
  preview,
  type Score,
  textOfPart,
} from '@battery-passport/contexts'
import { isBelow, type LoadedMethod } from '@battery-passport/rulebooks'
import { type Finding, finding, listed } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import type { Minimum } from '../policy/policy-schema.ts'
import type { Passport } from '../reading/secured-credential.ts'
import type { CustodyExam } from '../statements/custody-exam.ts'
import { shareAssuranceOf } from '../statements/share-assurance.ts'
import type { AcceptedScore } from '../verdict.ts'
import { type CountedAttestation, type Evaluated, evaluateBattery } from './evaluation.ts'
import { inPassport } from './evaluation-fault.ts'

/** The score as it was issued and as it stands, or why there is none. */
export interface Recomputed {
  /** Null if anything of it is an error. */
  readonly current: AcceptedScore | null
  readonly findings: readonly Finding[]
}

/**
 * Step 9: recompute from what was attested, compare with the claim exactly, then apply withdrawals
 * and the minimums of the policy. The claim is never used; it is only compared.
 */
export function recompute(
  passport: Passport,
  method: LoadedMethod,
  counted: readonly CountedAttestation[],
  custody: readonly CustodyExam[],
  { policy, memory }: Pick<Inquiry, 'policy' | 'memory'>,
): Recomputed {
  const battery = passport.credential.credentialSubject
  const { evaluations } = memory
  const asSigned = counted.map((each) => ({ ...each, uncounted: null, withdrawnIndicators: [] }))
  const sharesThen = shareAssurance(battery, custody)
  const issued = evaluateBattery(battery, method, asSigned, sharesThen, evaluations)
  const everyCounts = counted.every(
    ({ uncounted, withdrawnIndicators }) => uncounted === null && withdrawnIndicators.length === 0,
  )
  const sharesNow = shareAssurance(
    battery,
    custody.filter(({ counts }) => counts),
  )
  const now =
    everyCounts && sharesNow === sharesThen
      ? issued
      : evaluateBattery(battery, method, counted, sharesNow, evaluations)
  if (issued.outcome === 'refused' || now.outcome === 'refused') {
    return { current: null, findings: refusals(passport, [issued, now]) }
  }
  const claim = passport.credential.credentialSubject.score
  if (!isSame(claim, issued.score)) {
    return { current: null, findings: [mismatch(passport, claim, issued.score)] }
  }
  const { score } = now
  const findings = [
    ...now.rowsOutsideMethod.map((index) => rowOutside(passport, index, method)),
    ...(now === issued || isSame(score, claim) ? [] : [changed(passport, claim, score)]),
    ...minimumFindings(passport, score, policy),
  ]
  const failed = findings.some(({ severity }) => severity === 'error')
  return { current: failed ? null : accept(score), findings }
}

function shareAssurance(
  { supplyChain }: Passport['credential']['credentialSubject'],
  custody: readonly CustodyExam[],
): AssuranceLevel {
  return shareAssuranceOf(
    supplyChain,
    custody.map((exam) => exam.custody),
  )
}

/** The one place where a score becomes an accepted one. */
function accept(score: Score): AcceptedScore {
  return score as AcceptedScore
}

function refusals(passport: Passport, evaluated: readonly Evaluated[]): Finding[] {
  const faults = evaluated.flatMap(({ faults = [] }) => faults)
  return [...new Set(faults)].map((fault) => {
    const { code, pointer } = inPassport(fault)
    const { detail, expected, found } = fault
    return finding(code, { credential: passport.id, pointer, detail, expected, found })
  })
}

function mismatch(passport: Passport, claim: Score, recomputed: Score): Finding {
  const differences = differencesOf(claim, recomputed, '/credentialSubject/score')
  // Where nothing smaller differs, the whole does.
  const whole = { pointer: '/credentialSubject/score', claimed: claim, recomputed }
  const [first = whole] = differences
  return finding('SCORE_MISMATCH', {
    credential: passport.id,
    pointer: first.pointer,
    detail: `The claimed score differs from the recomputed one in ${differences.length} places: ${differences
      .slice(0, 8)
      .map(({ pointer }) => pointer.slice('/credentialSubject/score'.length))
      .join(', ')}.`,
    expected: `${preview(first.recomputed)} (score ${recomputed.value} to ${recomputed.upper})`,
    found: `${preview(first.claimed)} (score ${claim.value} to ${claim.upper})`,
  })
}

interface Difference {
  readonly pointer: string
  readonly claimed: unknown
  readonly recomputed: unknown
}

function differencesOf(claimed: unknown, recomputed: unknown, pointer: string): Difference[] {
  if (!isContainer(claimed) || !isContainer(recomputed)) {
    return claimed === recomputed ? [] : [{ pointer, claimed, recomputed }]
  }
  const keys = new Set([...Object.keys(recomputed), ...Object.keys(claimed)])
  return [...keys].flatMap((key) =>
    differencesOf(claimed[key], recomputed[key], `${pointer}/${escapePointer(key)}`),
  )
}

/** Whether two JSON values are the same, whatever the order of their members. */
function isSame(a: unknown, b: unknown): boolean {
  if (!isContainer(a) || !isContainer(b)) return a === b
  if (isSharedPart(a) && isSharedPart(b)) return textOfPart(a) === textOfPart(b)
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !isSame(a[key], b[key])) return false
  }
  return true
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object'
}

function changed(passport: Passport, claim: Score, current: Score): Finding {
  return finding('SCORE_CHANGED_SINCE_ISSUE', {
    credential: passport.id,
    pointer: '/credentialSubject/score',
    detail: 'Some of what was attested no longer counts.',
    expected: `${figures(claim, current)} as issued`,
    found: `${figures(current, claim)} now`,
  })
}

/** The figures of a score, and how its shares are assured where that differs from another. */
function figures({ value, upper, shareAssurance }: Score, other: Score): string {
  const shares =
    shareAssurance === other.shareAssurance ? '' : `, shares assured: ${shareAssurance}`
  return `${value} to ${upper}${shares}`
}

function rowOutside(passport: Passport, index: number, { method }: LoadedMethod): Finding {
  const { supplyChain, chemistry } = passport.credential.credentialSubject
  const row = supplyChain[index]
  const { stages = [] } = { ...method.chemistries[chemistry] }
  const weighed = stages.flatMap(({ key, materials }) =>
    materials === 'none' ? [key] : materials.map((each) => `${key} of ${each.key}`),
  )
  return finding('ROW_OUTSIDE_METHOD', {
    credential: passport.id,
    pointer: `/credentialSubject/supplyChain/${index}`,
    detail: `Method ${method.key} ${method.version} gives this stage and material no weight.`,
    expected: `one of ${listed(weighed)}`,
    found: [row?.stage, row?.material].filter((part) => part !== undefined).join(' of '),
  })
}

/** The minimums of the policy, on the score that counts now. */
function minimumFindings(passport: Passport, score: Score, policy: EffectivePolicy): Finding[] {
  const findings = [
    ...below(passport, 'the whole score', policy.overall, score, '/credentialSubject/score'),
  ]
  for (const [key, minimum] of policy.rulebookMinimums) {
    const index = score.rulebooks.findIndex((rulebook) => rulebook.key === key)
    const rulebook = score.rulebooks[index]
    if (rulebook === undefined) {
      findings.push(
        minimumFinding(
          passport,
          '/credentialSubject/score/rulebooks',
          `The score has no rulebook ${key}, for which your policy has minimums.`,
          key,
          score.rulebooks.map((each) => each.key).join(', '),
        ),
      )
      continue
    }
    const pointer = `/credentialSubject/score/rulebooks/${index}`
    findings.push(...below(passport, key, minimum, rulebook, pointer))
  }
  if (isBelow(score.shareAssurance, policy.minimumShareAssurance)) {
    findings.push(
      minimumFinding(
        passport,
        '/credentialSubject/score/shareAssurance',
        'The supply-chain shares are not assured as your policy asks.',
        policy.minimumShareAssurance,
        score.shareAssurance,
      ),
    )
  }
  return findings
}

function below(
  passport: Passport,
  name: string,
  minimum: Minimum,
  score: Pick<Score, 'value' | 'coverage' | 'notApplicable' | 'assuranceMix'>,
  pointer: string,
): Finding[] {
  const { reasonable, limited } = score.assuranceMix
  const demands = [
    ['value', minimum.value, score.value, '/value'],
    ['coverage', minimum.coverage, score.coverage, '/coverage'],
    [
      'share assured at least at limited level',
      minimum.assured,
      reasonable + limited,
      '/assuranceMix',
    ],
    [
      'share assured at reasonable level',
      minimum.reasonable,
      reasonable,
      '/assuranceMix/reasonable',
    ],
  ] as const
  const findings = demands.flatMap(([what, least, found, at]) =>
    least === undefined || found >= least
      ? []
      : [
          minimumFinding(
            passport,
            pointer + at,
            `The ${what} of ${name} is below the minimum of your policy.`,
            `at least ${least}`,
            `${found}`,
          ),
        ],
  )
  const most = minimum.maximumNotApplicable
  if (most !== undefined && score.notApplicable > most) {
    findings.push(
      minimumFinding(
        passport,
        `${pointer}/notApplicable`,
        `More of ${name} is said not to apply than your policy allows.`,
        `at most ${most}`,
        `${score.notApplicable}`,
      ),
    )
  }
  return findings
}

function minimumFinding(
  passport: Passport,
  pointer: string,
  detail: string,
  expected: string,
  found: string,
): Finding {
  return finding('POLICY_MINIMUM', { credential: passport.id, pointer, detail, expected, found })
}
