import { hashText } from '../hash-text.ts'
import type { JsonValue } from '../json.ts'
import type { RemoteRecord } from './record.ts'

/**
 * Two halves: what came, whatever the order of its members, and what was made of it. The first tells whether the source
 * has changed anything; the second, whether we read it otherwise than before.
 */
export function hashRecord(record: RemoteRecord): string {
  const { remoteId, fields, fallbackName, avatarUrl, createdAt, updatedAt, lastActivityAt, owner } = record
  const read = { remoteId, fields, fallbackName, avatarUrl, createdAt, updatedAt, lastActivityAt, owner }
  const shown = [...record.extra].sort((a, b) => (a.key < b.key ? -1 : 1))
  return `${hashText(canonicalText(record.raw))}.${hashText(JSON.stringify([read, shown]))}`
}

export function isSameRaw(before: string, now: string): boolean {
  const half = before.indexOf('.')
  return half > 0 && before.slice(0, half) === now.slice(0, now.indexOf('.'))
}

/** JSON with the members of each object in order: equal for equal values. */
export function canonicalText(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  let text = ''
  if (isList(value)) {
    for (const item of value) text += `,${canonicalText(item)}`
    return `[${text}]`
  }
  // Each record of a sweep comes by here: no more arrays than it takes.
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) text += `,${JSON.stringify(name)}:${canonicalText(member)}`
  }
  return `{${text}}`
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
