import { isUri, type LinkedDocument } from '@battery-passport/contexts'
import type { Source } from './source.ts'

/** What Catena-X calls a link; the address then says it all. */
const LINKS = ['url', 'link', 'weblink', 'web link']

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  html: 'text/html',
  json: 'application/json',
  xml: 'application/xml',
  excel: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * Maps a list of Catena-X documents (`header`, `contentType`, `content`) to links at `to`,
 * after those already there; the same document twice becomes one. Undefined if none maps.
 */
export function linkedDocuments(
  source: Source,
  from: string,
  to: string,
  before: readonly LinkedDocument[] = [],
): LinkedDocument[] | undefined {
  const documents = [...before]
  for (const entry of source.entries(from)) {
    const address = source.text(`${entry}/content`)
    const name = source.text(`${entry}/header`)
    const contentType = source.text(`${entry}/contentType`)
    const kind = contentType?.trim().toLowerCase() ?? ''
    if (kind.includes('restricted')) {
      source.leave(entry, 'the document is restricted; the product data are public')
      continue
    }
    if (address === undefined || !isUri(address)) {
      source.leave(entry, 'its content is no absolute https, urn or did address to link to')
      continue
    }
    const mediaType = Object.hasOwn(MEDIA_TYPES, kind) ? MEDIA_TYPES[kind] : undefined
    const document: LinkedDocument = {
      id: address,
      ...(name === undefined ? {} : { name }),
      ...(mediaType === undefined ? {} : { mediaType }),
    }
    const same = documents.findIndex(
      (other) =>
        other.id === document.id &&
        other.name === document.name &&
        other.mediaType === document.mediaType,
    )
    const index = same >= 0 ? same : documents.push(document) - 1
    source.map(`${entry}/content`, `${to}/${index}/id`)
    source.map(`${entry}/header`, `${to}/${index}/name`)
    if (mediaType !== undefined) source.map(`${entry}/contentType`, `${to}/${index}/mediaType`)
    else if (LINKS.includes(kind)) source.map(`${entry}/contentType`, `${to}/${index}/id`)
    else source.leave(`${entry}/contentType`, 'no media type is known for this kind of content')
  }
  return documents.length > 0 ? documents : undefined
}
