import { bytesOf, filled, type HostileInput, SMALL } from './hostile-input.ts'

/** Texts of 64 KiB that keep a reader of JSON or of a JWT busy; both doors must refuse them. */
export function hostileTexts(): HostileInput[] {
  return [...TEXTS].flatMap(([name, bytes]) => [
    { name, bytes, door: 'passport', outcome: 'rejected' },
    { name, bytes, door: 'document', outcome: 'refused' },
  ])
}

const FULL = (piece: string, before = '', after = '') => filled(before, () => piece, after, JOINED)
const JOINED = { separator: '' }
const CREDENTIALS = '{"@context":[],"type":[],"verifiableCredential":['
const wide = (depth: number): string =>
  depth === 0 ? '""' : `[${Array.from({ length: 5 }, () => wide(depth - 1)).join()}]`
const base64url = (text: string) => Buffer.from(text).toString('base64url')
/** Keys that differ in their last letters alone. */
const LONG_KEY = 'k'.repeat(200)

const TEXTS: ReadonlyMap<string, Uint8Array> = new Map([
  ['arrays in arrays', FULL('[')],
  ['objects in objects', FULL('{"a":')],
  ['arrays in arrays, as credentials', FULL('[', CREDENTIALS)],
  ['arrays of arrays, as deep and wide as allowed', filled('[', () => wide(5), ']')],
  ['arrays of one-letter texts', filled('[', () => `[${'"a",'.repeat(255)}"a"]`, ']')],
  ['empty objects', filled('{"a":[', () => '{}', ']}')],
  ['most members', filled('{', (at) => `"${at.toString(36)}":0`, '}')],
  ['members named by numbers', filled('{', (at) => `"${at * 4_000_037}":0`, '}')],
  ['long names that differ at the end', filled('{', (at) => `"${LONG_KEY}${at}":0`, '}')],
  [
    'a name that stands twice, at the end',
    filled('{"first":0,', (at) => `"${at.toString(36)}":0`, ',"first":0}'),
  ],
  ['one text', FULL('a', '{"a":"', '"}')],
  ['one text of escapes', FULL('\\u0041', '{"a":"', '"}')],
  ['texts of escapes', filled('[', () => `"${'\\n'.repeat(400)}"`, ']')],
  ['escaped quotes without an end', FULL('\\"', '{"a":"')],
  ['backslashes without an end', FULL('\\', '{"a":"')],
  ['lone surrogates at the end', FULL('a', '{"a":"', '\\ud800"}')],
  ['one number', FULL('9', '{"a":', '}')],
  ['most numbers', filled('[', () => '[9007199254740991]', ']')],
  ['zeros before a point', FULL('0', '{"a":0.', '}')],
  ['white space', FULL(' \n\t', '', '1')],
  ['white space between all', filled('[', () => ' \r\n { } ', ']')],
  ['no UTF-8 at the end', Uint8Array.from([...FULL('a', '"', ' '), 0xff])],
  ['most credentials, all empty', filled(CREDENTIALS, () => '{}', ']}')],
  ['letters of a JWT', FULL('eyJ')],
  ['dots of a JWT', FULL('.', 'eyJ')],
  ['white space after a JWT', FULL(' ', 'eyJ.a.a', 'a')],
  ['a JWT with a header of 48 kB', bytesOf(jwt(`{"alg":"EdDSA",${members(46_000)}`, '{}'))],
  [
    'a JWT whose header is deep',
    bytesOf(jwt(`{"kid":${'['.repeat(23_000)}${']'.repeat(23_000)}}`, '{}')),
  ],
  ['a JWT with a payload of arrays', bytesOf(jwt(HEADER(), '['.repeat(48_000)))],
  ['a JWT with a payload of members', bytesOf(jwt(HEADER(), `{${members(47_000)}`))],
])

function HEADER(): string {
  const key = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
  return JSON.stringify({ alg: 'EdDSA', typ: 'vc+jwt', kid: `did:key:${key}#${key}` })
}

function members(size: number): string {
  return new TextDecoder().decode(
    filled('', (at) => `"${at.toString(36)}":"${at}"`, '}', { size: Math.min(size, SMALL) }),
  )
}

function jwt(header: string, payload: string): string {
  return [header, payload, 's'.repeat(64)].map(base64url).join('.')
}
