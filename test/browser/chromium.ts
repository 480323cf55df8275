import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** Where Debian's package `chromium` puts it; `CHROMIUM` names another one. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const TYPES = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['json', 'application/json'],
])

/** Whether there is a Chromium to run. */
export function hasChromium(): boolean {
  return existsSync(CHROMIUM)
}

/** One page of a Chromium with an empty profile, of a site that is served on loopback alone. */
export class Site {
  readonly page: Page
  readonly origin: string
  /** Every address that the page asked for. */
  readonly asked: string[]
  private readonly server: Server
  private readonly context: BrowserContext
  private readonly profile: string

  private constructor(parts: {
    page: Page
    origin: string
    asked: string[]
    server: Server
    context: BrowserContext
    profile: string
  }) {
    this.page = parts.page
    this.origin = parts.origin
    this.asked = parts.asked
    this.server = parts.server
    this.context = parts.context
    this.profile = parts.profile
  }

  /** @param files by path, from `/`; the page may load nothing from elsewhere, and evaluate no text */
  static async open(files: ReadonlyMap<string, string | Uint8Array>): Promise<Site> {
    const server = createServer((request, response) => {
      const body = files.get(request.url ?? '')
      const type = TYPES.get(request.url?.split('.').at(-1) ?? '') ?? 'application/octet-stream'
      response.writeHead(body === undefined ? 404 : 200, {
        'Content-Type': type,
        'Content-Security-Policy': "default-src 'self'",
      })
      response.end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new TypeError('no port')
    const profile = mkdtempSync(join(tmpdir(), 'chromium-'))
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      args: ARGS,
    })
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const origin = `http://127.0.0.1:${address.port}`
    return new Site({ page, origin, asked, server, context, profile })
  }

  async close(): Promise<void> {
    await this.context.close()
    await new Promise((resolve) => this.server.close(resolve))
    rmSync(this.profile, { recursive: true, force: true })
  }
}

/** The files of a folder as they are served. */
export function served(folder: string, names: readonly string[]): Map<string, Uint8Array> {
  return new Map(names.map((name) => [`/${name}`, readFileSync(join(folder, name))]))
}
