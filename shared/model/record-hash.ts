import { RunningHash } from '../hash-text.ts'
import type { JsonValue } from '../json.ts'
import type { RemoteRecord } from './record.ts'

/** Objects of so many different members are known in order at once: those of a list are alike. */
const SHAPES_KEPT = 8

interface Shape {
  readonly names: readonly string[]
  readonly sorted: readonly Member[]
}

interface Member {
  readonly name: string
  /** As it stands before the value. */
  readonly before: string
}

/**
 * Hashes records of one list. Each record of a sweep comes by here, so the text that is hashed is never made: half of the
 * core's own work on a page was to write it down.
 */
export class RecordHasher {
  readonly #hash = new RunningHash()
  readonly #shapes: Shape[] = []

  /**
   * Two halves: what came, whatever the order of its members, and what was made of it. The first tells whether the source
   * has changed anything; the second, whether we read it otherwise than before.
   */
  hash(record: RemoteRecord): string {
    this.addCanonical(record.raw)
    const raw = this.end()
    this.#addRead(record)
    return `${raw}.${this.end()}`
  }

  /** What was made of a record: `[{remoteId, fields, …, owner}, extra by key]`, as JSON.stringify would write it. */
  #addRead(record: RemoteRecord): void {
    const hash = this.#hash
    hash.add('[{"remoteId":')
    hash.addQuoted(record.remoteId)
    hash.add(',"fields":')
    this.addAsIs(record.fields)
    hash.add(',"fallbackName":')
    this.#addPlain(record.fallbackName)
    hash.add(',"avatarUrl":')
    this.#addPlain(record.avatarUrl)
    hash.add(',"createdAt":')
    this.#addPlain(record.createdAt)
    hash.add(',"updatedAt":')
    this.#addPlain(record.updatedAt)
    hash.add(',"lastActivityAt":')
    this.#addPlain(record.lastActivityAt)
    hash.add(',"owner":')
    this.#addPlain(record.owner)
    let before = '},[{"key":'
    for (const { key, label, value, filledBy } of [...record.extra].sort((a, b) => (a.key < b.key ? -1 : 1))) {
      hash.add(before)
      before = ',{"key":'
      hash.addQuoted(key)
      hash.add(',"label":')
      hash.addQuoted(label)
      hash.add(',"value":')
      this.#addPlain(value)
      hash.add(filledBy === null ? ',"filledBy":null}' : `,"filledBy":"${filledBy}"}`)
    }
    hash.add(record.extra.length === 0 ? '},[]]' : ']]')
  }

  /** As `canonicalText` would write it. */
  addCanonical(value: JsonValue): void {
    if (value === null || typeof value !== 'object') {
      this.#addPlain(value)
      return
    }
    const hash = this.#hash
    if (isList(value)) {
      hash.add('[')
      for (const item of value) {
        hash.add(',')
        this.addCanonical(item)
      }
      hash.add(']')
      return
    }
    hash.add('{')
    for (const { name, before } of this.#sortedNames(value)) {
      const member = value[name]
      if (member === undefined) continue
      hash.add(before)
      if (typeof member === 'string') hash.addQuoted(member)
      else this.addCanonical(member)
    }
    hash.add('}')
  }

  /** As `JSON.stringify` would write it. */
  addAsIs(value: object | string | number | boolean | null): void {
    if (value === null || typeof value !== 'object') {
      this.#addPlain(value)
      return
    }
    const hash = this.#hash
    if (Array.isArray(value)) {
      hash.add('[')
      for (let i = 0; i < value.length; i++) {
        if (i > 0) hash.add(',')
        this.addAsIs(value[i])
      }
      hash.add(']')
      return
    }
    hash.add('{')
    let isFirst = true
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue
      if (!isFirst) hash.add(',')
      isFirst = false
      hash.addQuoted(name)
      hash.add(':')
      if (typeof member === 'string') hash.addQuoted(member)
      else this.addAsIs(member)
    }
    hash.add('}')
  }

  end(): string {
    return this.#hash.end()
  }

  #addPlain(value: string | number | boolean | null): void {
    if (typeof value === 'string') this.#hash.addQuoted(value)
    else if (value === null) this.#hash.add('null')
    else this.#hash.add(JSON.stringify(value))
  }

  #sortedNames(value: object): readonly Member[] {
    const names = Object.keys(value)
    for (const shape of this.#shapes) if (isSameList(shape.names, names)) return shape.sorted
    const sorted = [...names].sort().map((name) => ({ name, before: `,${JSON.stringify(name)}:` }))
    if (this.#shapes.length < SHAPES_KEPT) this.#shapes.push({ names, sorted })
    return sorted
  }
}

export function hashRecord(record: RemoteRecord): string {
  return new RecordHasher().hash(record)
}

export function isSameRaw(before: string, now: string): boolean {
  const half = before.indexOf('.')
  return half > 0 && before.slice(0, half) === now.slice(0, now.indexOf('.'))
}

/** JSON with the members of each object in order: equal for equal values. */
export function canonicalText(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map((item) => `,${canonicalText(item)}`).join('')}]`
  let text = ''
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) text += `,${JSON.stringify(name)}:${canonicalText(member)}`
  }
  return `{${text}}`
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
