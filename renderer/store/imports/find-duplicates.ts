import type { ClientId } from '../../../shared/ids.ts'
import type { ReadClient } from '../../../shared/imports/read-client.ts'
import type { Fields } from '../../../shared/model/field.ts'
import { joinName } from '../projection/join-name.ts'
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

/** Who of a file may be here already: an index of the book, and of what came before in the file itself. */
export interface DuplicateFinder {
  readonly find: (read: ReadClient, fields: Fields) => Match | null
}

/**
 * The same e-mail address, the same telephone number, or the same name at the same company: evidence, and no proof, so
 * it is shown and the user decides. Within one file the name must be the same as well: colleagues share a number.
 */
export function createDuplicateFinder(
  rows: Iterable<ClientRow>,
  without: ReadonlySet<string>,
  known: (clientId: string) => ClientRow | undefined,
): DuplicateFinder {
  const byKey = new Map<string, ClientId>()
  for (const row of rows) {
    if (row.deleting || without.has(row.recordId)) continue
    for (const key of keysOf(row.name, row.company, row.email, row.phone)) {
      if (!byKey.has(key)) byKey.set(key, row.clientId)
    }
  }
  const inFile = new Map<string, number>()

  const findInBook = (read: ReadClient, keys: readonly string[]): Match | null => {
    const uid = read.uid?.startsWith(UID_PREFIX) === true ? known(read.uid.slice(UID_PREFIX.length)) : undefined
    if (uid !== undefined && !uid.deleting) return { why: 'uid', clientId: uid.clientId, ofLine: null }
    for (const key of keys) {
      const clientId = byKey.get(key)
      if (clientId !== undefined) return { why: whyOf(key), clientId, ofLine: null }
    }
    return null
  }

  return {
    find: (read, fields) => {
      const name = text(fields.name) ?? joinName(text(fields.firstName), text(fields.lastName))
      const keys = keysOf(name ?? '', text(fields.company), text(fields.email), text(fields.phone))
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
