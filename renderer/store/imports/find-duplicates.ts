import type { ClientId } from '../../../shared/ids.ts'
import type { ReadClient } from '../../../shared/imports/read-client.ts'
import type { Fields } from '../../../shared/model/field.ts'
import { joinName } from '../projection/join-name.ts'
import { FLAGS } from '../projection/line.ts'
import type { ClientView } from '../projection/view.ts'
import { foldDigits, foldText } from '../search/fold-text.ts'
import type { ClientRow, ImportDuplicate } from '../store-contract.ts'

export interface Match {
  readonly why: ImportDuplicate['why']
  readonly clientId: ClientId | null
  /** An earlier row of the same file. */
  readonly ofLine: number | null
}

/** How our own cards name a client. */
export const UID_PREFIX = 'clientele-'

/** Clients of the book under the keys that rows of a file have, the first of each. */
export type KnownClients = ReadonlyMap<string, ClientId>

/**
 * Looks through the book for these keys, in steps: no more is kept of a million clients than the file asks for.
 */
export function* findKnown(
  view: ClientView,
  wanted: ReadonlySet<string>,
  without: ReadonlySet<string>,
): Generator<undefined, KnownClients, undefined> {
  const known = new Map<string, ClientId>()
  let looked = 0
  // By the texts that are compared, and not by whole lines: these cost five times as much.
  for (const slot of view.slots()) {
    if (++looked % LINES_PER_STEP === 0) yield
    if (((view.columns().flags[slot] ?? 0) & FLAGS.deleting) !== 0) continue
    const [name, company, email, phone] = COMPARED.map((column) => view.text(slot, column))
    for (const key of keysOf(name ?? '', company ?? null, email ?? null, phone ?? null)) {
      if (!wanted.has(key) || known.has(key)) continue
      const row = view.rowAt(slot)
      if (row !== undefined && !without.has(row.recordId)) known.set(key, row.clientId)
    }
  }
  return known
}

const COMPARED = ['name', 'company', 'email', 'phone'] as const
const LINES_PER_STEP = 100

/** What a row of a file is looked for by. */
export function keysOfFields(fields: Fields): readonly string[] {
  const name = text(fields.name) ?? joinName(text(fields.firstName), text(fields.lastName))
  return keysOf(name ?? '', text(fields.company), text(fields.email), text(fields.phone))
}

/** Who of a file may be here already: of the book, and of what came before in the file itself. */
export interface DuplicateFinder {
  readonly find: (read: ReadClient, fields: Fields) => Match | null
}

/**
 * The same e-mail address, the same telephone number, or the same name at the same company: evidence, and no proof, so
 * it is shown and the user decides. Within one file the name must be the same as well: colleagues share a number.
 */
export function createDuplicateFinder(
  known: KnownClients,
  rowOf: (clientId: string) => ClientRow | undefined,
): DuplicateFinder {
  const inFile = new Map<string, number>()

  const findInBook = (read: ReadClient, keys: readonly string[]): Match | null => {
    const uid = read.uid?.startsWith(UID_PREFIX) === true ? rowOf(read.uid.slice(UID_PREFIX.length)) : undefined
    if (uid !== undefined && !uid.deleting) return { why: 'uid', clientId: uid.clientId, ofLine: null }
    for (const key of keys) {
      const clientId = known.get(key)
      if (clientId !== undefined) return { why: whyOf(key), clientId, ofLine: null }
    }
    return null
  }

  return {
    find: (read, fields) => {
      const name = text(fields.name) ?? joinName(text(fields.firstName), text(fields.lastName))
      const keys = keysOfFields(fields)
      const found = findInBook(read, keys)
      const own = keys.map((key) => `${foldText(name ?? '')}|${key}`)
      const twin = own.findIndex((key) => inFile.has(key))
      const ofLine = inFile.get(own[twin] ?? '') ?? null
      for (const key of own) if (!inFile.has(key)) inFile.set(key, read.line)
      if (found !== null || ofLine === null) return found
      return { why: whyOf(keys[twin] ?? ''), clientId: null, ofLine }
    },
  }
}

const WHY: Readonly<Record<string, ImportDuplicate['why']>> = { e: 'email', p: 'phone', n: 'name' }

function whyOf(key: string): ImportDuplicate['why'] {
  return WHY[key.charAt(0)] ?? 'name'
}

function keysOf(name: string, company: string | null, email: string | null, phone: string | null): readonly string[] {
  const keys: string[] = []
  if (email !== null) keys.push(`e${foldText(email)}`)
  const digits = phone === null ? '' : foldDigits(phone)
  // With or without the code of the country: the last eight say whose it is.
  if (digits.length >= 6) keys.push(`p${digits.slice(-8)}`)
  if (name !== '') keys.push(`n${foldText(name)}|${foldText(company ?? '')}`)
  return keys
}

function text(value: Fields[keyof Fields]): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
