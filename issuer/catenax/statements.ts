import type {
  LinkedDocument,
  ProductData,
  WasteBatteryInformation,
} from '@battery-passport/contexts'
import { linkedDocuments } from './linked-documents.ts'
import { impactDocuments } from './materials.ts'
import type { Source } from './source.ts'

/** Due diligence, conformity, extinguishing agent and waste information (points 1(a), (d), (r), (s)). */
export function mapStatements(source: Source, product: ProductData): void {
  const link = (from: string, to: string, put: (documents: LinkedDocument[]) => void) => {
    const documents = linkedDocuments(source, from, to)
    if (documents !== undefined) put(documents)
  }
  link('/conformity/dueDiligencePolicy', '/product/dueDiligenceReports', (documents) => {
    product.dueDiligenceReports = documents
  })
  link('/conformity/thirdPartyAssurance', '/product/thirdPartyVerifications', (documents) => {
    product.thirdPartyVerifications = documents
  })
  mapConformity(source, product)
  mapExtinguishingAgents(source, product)

  const waste: WasteBatteryInformation = {}
  const at = (member: keyof WasteBatteryInformation) => `/product/wasteBatteryInformation/${member}`
  link('/sustainability/documents/wastePrevention', at('wastePrevention'), (documents) => {
    waste.wastePrevention = documents
  })
  link('/sustainability/documents/separateCollection', at('separateCollection'), (documents) => {
    waste.separateCollection = documents
  })
  link('/safety/meaningOfLabels', at('meaningOfLabels'), (documents) => {
    waste.meaningOfLabels = documents
  })
  const impact = impactDocuments(source, at('impactOfSubstances'))
  if (impact !== undefined) waste.impactOfSubstances = impact
  if (Object.keys(waste).length > 0) product.wasteBatteryInformation = waste
}

function mapConformity(source: Source, product: ProductData): void {
  const to = '/product/euDeclarationOfConformity'
  const number = source.text('/conformity/declarationOfConformityId')
  source.map('/conformity/declarationOfConformityId', `${to}/identificationNumber`)
  const documents = linkedDocuments(
    source,
    '/conformity/declarationOfConformity',
    `${to}/documents`,
  )
  if (number === undefined && documents === undefined) return
  product.euDeclarationOfConformity = {
    ...(number === undefined ? {} : { identificationNumber: number }),
    ...(documents === undefined ? {} : { documents }),
  }
}

function mapExtinguishingAgents(source: Source, product: ProductData): void {
  const agents: NonNullable<ProductData['usableExtinguishingAgents']> = []
  for (const entry of source.entries('/safety/usableExtinguishAgent')) {
    const agent = source.text(`${entry}/media`)
    if (agent === undefined) {
      source.leave(entry, 'the extinguishing agent is not named')
      continue
    }
    const to = `/product/usableExtinguishingAgents/${agents.length}`
    const fireClass = source.text(`${entry}/fireClass`)
    const documents = linkedDocuments(source, `${entry}/document`, `${to}/documents`)
    agents.push({
      agent,
      ...(fireClass === undefined ? {} : { fireClass }),
      ...(documents === undefined ? {} : { documents }),
    })
    source.map(`${entry}/media`, `${to}/agent`)
    source.map(`${entry}/fireClass`, `${to}/fireClass`)
  }
  if (agents.length > 0) product.usableExtinguishingAgents = agents
}
