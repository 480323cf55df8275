import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A timestamp authority of openssl, another implementation than ours; its keys are for this run. */
export interface OpensslAuthority {
  /** The certificate of the authority that certified it, in PEM. */
  readonly root: string
  /** Its own, in PEM. */
  readonly own: string
  /** Answers a request for a timestamp, by the real clock. */
  answer(request: Uint8Array): Uint8Array
  /** A request of openssl itself for a SHA-256 digest. */
  request(digest: Uint8Array): Uint8Array
  remove(): void
}

/** Whether there is an openssl to ask. */
export function hasOpenssl(): boolean {
  return spawnSync('openssl', ['version']).status === 0
}

/** Makes an authority in a folder of its own. */
export function opensslAuthority(key: 'RSA' | 'EC' = 'EC'): OpensslAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'battery-passport-tsa-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`)
  }
  writeFileSync(at('openssl.cnf'), CONFIGURATION)
  writeFileSync(at('serial'), '01\n')
  const algorithm =
    key === 'EC'
      ? ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
      : ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
  for (const name of ['root', 'own']) openssl('genpkey', ...algorithm, '-out', `${name}.key`)
  const config = ['-config', 'openssl.cnf']
  const root = ['-subj', '/CN=Clock Root (fictional)', '-extensions', 'root', '-days', '36500']
  openssl('req', '-x509', '-new', '-key', 'root.key', ...root, ...config, '-out', 'root.pem')
  const own = ['-subj', '/CN=Clock (fictional)', '-out', 'own.csr']
  openssl('req', '-new', '-key', 'own.key', ...own, ...config)
  const signing = ['-CA', 'root.pem', '-CAkey', 'root.key', '-set_serial', '7', '-days', '36500']
  const extensions = ['-extfile', 'openssl.cnf', '-extensions', 'authority']
  openssl('x509', '-req', '-in', 'own.csr', ...signing, ...extensions, '-out', 'own.pem')
  return {
    root: readFileSync(at('root.pem'), 'utf8'),
    own: readFileSync(at('own.pem'), 'utf8'),
    answer(request) {
      writeFileSync(at('request.tsq'), request)
      openssl('ts', '-reply', '-queryfile', 'request.tsq', ...config, '-out', 'answer.tsr')
      return new Uint8Array(readFileSync(at('answer.tsr')))
    },
    request(digest) {
      const hexadecimal = Buffer.from(digest).toString('hex')
      openssl('ts', '-query', '-digest', hexadecimal, '-sha256', '-cert', '-out', 'own.tsq')
      return new Uint8Array(readFileSync(at('own.tsq')))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const CONFIGURATION = `
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[authority]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = clock
[clock]
serial = serial
signer_cert = own.pem
certs = root.pem
signer_key = own.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
tsa_name = yes
`
