import type { ProblemCode } from './problems.ts'

/** A request as an operation sees it: read, checked, and free of Express. */
export interface Call {
  /** Path parameters; each matches its pattern. */
  readonly params: Readonly<Record<string, string>>
  /** Query parameters, each at most once, and only those the operation names. */
  readonly query: Readonly<Record<string, string>>
  readonly body: Uint8Array
  header(name: string): string | undefined
  /** The first of these media types that the `Accept` header prefers, or null. */
  accepts(mediaTypes: readonly string[]): string | null
}

/** What goes back to the client; without a media type there is no body. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly mediaType?: string
  readonly body?: string
}

/** A parameter of path, query or header. */
export interface Parameter {
  readonly name: string
  readonly description: string
  readonly pattern: string
}

/** One thing the service can do: the routes, the OpenAPI document and the page are made of these. */
export interface Operation {
  readonly method: 'get' | 'post'
  /** An OpenAPI path template, such as `/passports/{id}`. */
  readonly path: string
  readonly id: string
  readonly summary: string
  readonly description: string
  readonly access: 'public' | 'token'
  readonly params?: readonly Parameter[]
  readonly query?: readonly Parameter[]
  /** Required headers besides those of HTTP itself. */
  readonly headers?: readonly Parameter[]
  readonly body?: {
    readonly mediaTypes: readonly string[]
    readonly limit: number
    /** A name of the schemas in the OpenAPI document. */
    readonly schema: string
  }
  readonly answers: readonly {
    readonly status: number
    readonly description: string
    readonly mediaTypes?: readonly string[]
    readonly schema?: string
    readonly headers?: Readonly<Record<string, string>>
  }[]
  readonly problems: readonly ProblemCode[]
  handle(call: Call): Promise<Answer>
}

/** The media type of everything that is no credential. */
export const JSON_TYPE = 'application/json'

/** An answer with a JSON body. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, mediaType: JSON_TYPE, body: JSON.stringify(value) }
}
