import { digestOfDocument } from '@battery-passport/contexts'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import { layOutPapers, policyForm } from './papers.ts'
import type { Workshop } from './workshop.ts'

const NAME = '9506000.22202.0.greenhouse-gas.2025-12-31.json'

/** The chain of one attestation, signed by its bodies, with lists: `attestations`, `status`, …. */
export async function signChain(room: Workshop): Promise<void> {
  await layOutPapers(room)
  await room.write('policy.json', policyForm(room, digestOfDocument(SHIPPED_METHODS[0])))
  const base = (name: string) => ['--status-base', `https://${name}.example/status`]
  await room.must([
    ...['identify', ...room.desk('registrar'), ...base('registrar')],
    ...['--in', room.at('identity.json'), '--out', room.at('miner.identity.json')],
  ])
  await room.must([
    ...['accredit', ...room.desk('council'), ...base('council')],
    ...['--in', room.at('accreditation.json')],
    ...['--out', room.at('climate-assurance.accreditation.json')],
  ])
  await room.must([
    ...['attest', ...room.desk('climate'), ...base('climate')],
    ...['--accreditation', room.at('climate-assurance.accreditation.json')],
    ...['--engagement', room.at('refinery.engagement.json')],
    ...['--results', room.at('refinery.results.csv')],
    ...['--evidence', room.at('evidence'), '--out', room.at('attestations')],
  ])
  for (const member of ['registrar', 'council', 'climate'] as const) {
    await room.must(['lists', ...room.desk(member), '--out', room.at('status', member)])
  }
}

/** Everything the chain consists of, as it is submitted. */
export function chainFiles(room: Workshop): readonly string[] {
  return [
    room.at('attestations', NAME),
    room.at('climate-assurance.accreditation.json'),
    room.at('miner.identity.json'),
    room.at('status'),
  ]
}

/** The options with which the manufacturer's service runs in a workshop. */
export function serviceOptions(room: Workshop): readonly string[] {
  return [
    ...['--data', room.at('data'), '--key', room.at('maker.key.json')],
    ...['--policy', room.at('policy.json'), '--public-base-url', 'https://passports.example'],
    ...['--port', '0'],
  ]
}
