/**
 * Verifies vectors of the corpus in a process that is cut off once its modules are loaded: whoever
 * then opens a file, a socket, a name or another process is noted and gets an exception. The verifier
 * may catch that exception, but not the note.
 *
 *   node test/support/sealed.mjs < VECTORS > ANSWERS
 *
 * `VECTORS` is JSON: `{ warm, vectors, reachesOut }`, see `sealed.test.ts`.
 */
import { createHook } from 'node:async_hooks'
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'
import { createVerifier, parsePolicy } from '@battery-passport/verifier'

const { readFileSync, writeSync } = fs
const { warm, vectors, reachesOut } = JSON.parse(readFileSync(0, 'utf8'))
const knocks = []

/** What the system would be asked for, by whatever way the verifier came to it. */
const OUTSIDE =
  /^(FSREQ|FILEHANDLE|FSEVENT|STATWATCHER|TCP|TLS|UDP|PIPE|GETADDRINFO|GETNAMEINFO|QUERYWRAP|HTTP|PROCESSWRAP|WORKER)/

function sealed(owner, name, where) {
  const door = `${where}.${name}`
  const closed = function closed() {
    knocks.push(door)
    throw new Error(`sealed: ${door}`)
  }
  Object.defineProperty(owner, name, { value: closed, configurable: true, writable: true })
}

function sealAll(owner, where) {
  for (const name of Object.getOwnPropertyNames(owner)) {
    const { value, configurable } = Object.getOwnPropertyDescriptor(owner, name)
    if (typeof value !== 'function' || !configurable || name === 'constructor') continue
    // A class is no door, its methods are.
    if (/^[A-Z]/.test(name)) continue
    sealed(owner, name, where)
  }
}

function seal() {
  const rooms = { fs, net, tls, dns, http, https, http2, dgram, child_process: childProcess }
  for (const [name, room] of Object.entries(rooms)) sealAll(room, name)
  sealAll(fs.promises, 'fs.promises')
  sealAll(dns.promises, 'dns.promises')
  sealed(net.Socket.prototype, 'connect', 'net.Socket')
  sealed(net.Server.prototype, 'listen', 'net.Server')
  sealed(dgram.Socket.prototype, 'send', 'dgram.Socket')
  sealed(dgram.Socket.prototype, 'bind', 'dgram.Socket')
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']) {
    sealed(globalThis, name, 'globalThis')
  }
  syncBuiltinESMExports()
  createHook({ init: (_, type) => void (OUTSIDE.test(type) && knocks.push(type)) }).enable()
}

function verdictOn({ input, added, policy, methods, rulebooks, asked }, resolver) {
  const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64'))
  const read = parsePolicy(policy)
  if (!read.ok) throw new TypeError(JSON.stringify(read.faults))
  const clock = { now: () => Date.parse('2026-12-01T00:00:00Z') / 1000 }
  const deps = { policy: read.policy, clock, methods, rulebooks }
  const verifier = createVerifier(resolver === undefined ? deps : { ...deps, resolver })
  return verifier.verifyPassport(bytes(input), { ...asked, with: added.map(bytes) })
}

/** A resolver that does what the verifier may not. */
const curious = {
  async resolve() {
    const { readFile } = await import('node:fs/promises')
    return { ok: true, document: await readFile('/etc/hostname') }
  },
}

// What is loaded only when it is needed, is loaded now.
for (const vector of warm) await verdictOn(vector)
seal()
const answers = []
for (const vector of vectors) {
  const { outcome, findings } = await verdictOn(vector, reachesOut ? curious : undefined)
  const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  answers.push({ outcome, codes: [...new Set(grave.map(({ code }) => code))].sort() })
}
const text = JSON.stringify({ knocks: [...new Set(knocks)], answers })
for (let at = 0; at < text.length; ) at += writeSync(1, text.slice(at))
