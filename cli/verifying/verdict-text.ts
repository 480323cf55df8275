import { decodeInput, type PassportVerdict } from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import type { VerdictReportDeps } from '../report/verdict-report.ts'
import type { VerifierInput } from './verifier-options.ts'

/** A verdict for people; scripts that ask for JSON do not wait for the modules it takes. */
export async function verdictText(
  verdict: PassportVerdict,
  bytes: Uint8Array,
  { added, options: { policy } }: VerifierInput,
  explained: Pick<VerdictReportDeps, 'explained'>,
  { colour }: CommandDeps,
): Promise<string> {
  const [{ credentialLabels }, { styleOf }, { verdictReport }] = await Promise.all([
    import('../report/credential-labels.ts'),
    import('../report/style.ts'),
    import('../report/verdict-report.ts'),
  ])
  const decoded = [bytes, ...added.map((each) => each.bytes)].map((each) =>
    decodeInput(each, policy.limits),
  )
  return verdictReport(verdict, {
    labels: credentialLabels(decoded, verdict.chain, policy.anchors),
    style: styleOf(colour),
    fileOf: (index) => added[index]?.name,
    ...explained,
  })
}
