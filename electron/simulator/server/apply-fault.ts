import type { JsonRow } from '../record-table.ts'
import { json, type Vendor, type VendorReply } from '../vendors/vendor.ts'
import type { FaultEffect } from './fault.ts'

/** What is sent: a vendor's answer, or bytes that no vendor should send. */
export type Reply = VendorReply | RawReply

export interface RawReply {
  readonly kind: 'raw'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Iterable<string | Uint8Array>
  /** The line drops when the body is out. */
  readonly drop?: true
}

/** Answers that take the place of the vendor's, which then never sees the request; null for all other faults. */
export function replyInstead(effect: FaultEffect, vendor: Vendor, now: number): Reply | null {
  switch (effect.kind) {
    case 'status': {
      const isText = typeof effect.body === 'string'
      const body = effect.body ?? { error: `Simulated ${effect.status}` }
      const headers: Record<string, string> = {
        'content-type':
          effect.contentType ?? (isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'),
        ...effect.headers,
      }
      if (effect.retryAfterSeconds !== undefined) {
        headers['retry-after'] = String(effect.retryAfterSeconds)
      }
      if (effect.retryAfterDateSeconds !== undefined) {
        headers['retry-after'] = new Date(now + effect.retryAfterDateSeconds * 1000).toUTCString()
      }
      return {
        kind: 'raw',
        status: effect.status,
        headers,
        body: [typeof body === 'string' ? body : JSON.stringify(body)],
      }
    }
    case 'html':
      return {
        kind: 'raw',
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: ['<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>'],
      }
    case 'empty-body':
      return { kind: 'raw', status: 200, headers: { 'content-type': 'application/json' }, body: [] }
    case 'wrong-envelope':
      return json(200, { result: { rows: [] }, success: 'yes' })
    case 'huge-body':
      return { kind: 'raw', status: 200, headers: { 'content-type': 'application/json' }, body: hugeJson(effect.bytes) }
    case 'redirect':
      return { kind: 'raw', status: effect.status, headers: { location: effect.location }, body: [] }
    case 'key-revoked':
      return vendor.unauthorized
    default:
      return null
  }
}

/** Changes the vendor's own answer. */
export function spoilReply(effect: FaultEffect, vendor: Vendor, reply: VendorReply): Reply {
  if (effect.kind === 'malformed' || effect.kind === 'drop-midway') {
    return cutInHalf(reply, effect.kind === 'drop-midway')
  }
  if (reply.kind === 'json') {
    return spoilJson(effect, vendor, reply)
  }
  switch (effect.kind) {
    case 'empty-list':
      return { ...reply, rows: [] }
    case 'bad-record':
      return {
        ...reply,
        rows: changeRow(reply.rows, effect.row, (row) => [
          effect.field === undefined
            ? vendor.spoil.badRecord(row)
            : { ...row, [effect.field]: effect.value ?? { odd: true } },
        ]),
      }
    case 'unknown-enum':
      return {
        ...reply,
        rows: changeRow(reply.rows, effect.row, (row) => [vendor.spoil.unknownEnum(row, effect.value)]),
      }
    case 'duplicate-id':
      return { ...reply, rows: changeRow(reply.rows, effect.row, (row) => [row, row]) }
    default:
      return reply
  }
}

/** Adds rows at the front of the vendor's list, or takes some away. */
export function shiftPages(vendor: Vendor, change: 'insert' | 'remove', count: number): void {
  for (let round = 0; round < count; round += 1) {
    const first = vendor.table.slice(0, 1)[0]
    if (first === undefined) {
      return
    }
    if (change === 'remove') {
      vendor.table.remove(String(first.id))
      continue
    }
    // One that sorts with the first: its time of creation, or of change, is the same, made a little older.
    const times = Object.entries(first).filter(([name]) => /^(created_at|createdAt|modifiedAt)$/.test(name))
    const direction = vendor.connectorId === 'endors' ? 1000 : -1000
    vendor.table.insert(
      Object.fromEntries(
        times.map(([name, value]) => [name, new Date(Date.parse(String(value)) + direction).toISOString()]),
      ),
    )
  }
}

function spoilJson(effect: FaultEffect, vendor: Vendor, reply: VendorReply & { kind: 'json' }): Reply {
  if (!Array.isArray(reply.body)) {
    return reply
  }
  const rows: JsonRow[] = reply.body
  const spoiled = spoilReply(effect, vendor, { kind: 'list', before: '[', rows, after: ']' })
  return spoiled.kind === 'list' ? spoiled : reply
}

function* changeRow(rows: Iterable<JsonRow>, at: number, change: (row: JsonRow) => JsonRow[]): Iterable<JsonRow> {
  let position = 0
  for (const row of rows) {
    if (position === at) {
      yield* change(row)
    } else {
      yield row
    }
    position += 1
  }
}

function cutInHalf(reply: VendorReply, drop: boolean): RawReply {
  const text =
    reply.kind === 'json'
      ? JSON.stringify(reply.body)
      : `${reply.before}${Array.from(reply.rows, (row) => JSON.stringify(row)).join(',')}${reply.after}`
  return {
    kind: 'raw',
    status: reply.kind === 'json' ? reply.status : 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(drop ? { 'content-length': String(Buffer.byteLength(text)) } : {}),
    },
    body: [text.slice(0, Math.floor(text.length / 2))],
    ...(drop ? { drop: true } : {}),
  }
}

/** JSON that is right by its form and far too long. */
function* hugeJson(bytes: number): Iterable<string> {
  const piece = 'x'.repeat(64 * 1024)
  yield '{"padding":"'
  for (let sent = 0; sent < bytes; sent += piece.length) {
    yield piece
  }
  yield '"}'
}
