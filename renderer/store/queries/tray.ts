import { clientIdOfRecord, type RecordId } from '../../../shared/ids.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { type Book, headOfLocal } from '../book.ts'
import { displayName, shown as shownText } from '../projection/client-row.ts'
import type { LocalRow, OverlayRow, TombstoneRow } from '../rows.ts'
import type { TrayItem } from '../store-contract.ts'

/** Clients that left the list and can be had back, newest first: lost by their source, or removed here only. */
export function listTray(book: Book, now: number): readonly TrayItem[] {
  const lost = trayRows(book, now).flatMap((row) => {
    const { how } = row
    if (how === 'merged' || row.restoreUntil === null) return []
    const shown = effectiveFields(row.fields ?? {}, row.over)
    return {
      key: row.key,
      clientId: clientIdOfRecord(row.recordId),
      name: displayName(headOfLocal(localOf(row)), shown),
      company: shownText(shown.company),
      email: shownText(shown.email),
      sourceId: row.sourceId,
      remoteId: row.remoteId,
      removedAt: row.at,
      restoreUntil: row.restoreUntil,
      proof: how,
      canRecreate: (book.sources.get(row.sourceId)?.creates ?? null) !== null,
    }
  })
  const items: TrayItem[] = [...lost, ...hiddenHere(book)]
  return items.sort((a, b) => b.removedAt - a.removedAt || (a.key < b.key ? -1 : 1))
}

/** Key of a client that its source still has, and that was removed from the list on this device. */
const HIDDEN_HERE = 'here|'

export function hiddenRecord(book: Book, key: string): RecordId | null {
  const row = key.startsWith(HIDDEN_HERE)
    ? hiddenRows(book).find((r) => r.recordId === key.slice(HIDDEN_HERE.length))
    : null
  return row?.recordId ?? null
}

function hiddenRows(book: Book): readonly OverlayRow[] {
  return [...book.overlays.values()].filter((row) => row.hiddenAt !== null && book.heads.has(row.recordId))
}

function hiddenHere(book: Book): readonly TrayItem[] {
  return hiddenRows(book).flatMap(({ recordId, fields, hiddenAt }) => {
    const head = book.heads.get(recordId)
    if (head === undefined || head.sourceId === null || hiddenAt === null) return []
    const shown = effectiveFields(head.fields, fields)
    return {
      key: `${HIDDEN_HERE}${recordId}`,
      clientId: clientIdOfRecord(recordId),
      name: displayName(head, shown),
      company: shownText(shown.company),
      email: shownText(shown.email),
      sourceId: head.sourceId,
      remoteId: head.remoteId ?? '',
      removedAt: hiddenAt,
      restoreUntil: null,
      proof: 'hidden-here',
      canRecreate: false,
    }
  })
}

export function trayCount(book: Book, now: number): number {
  return trayRows(book, now).length + hiddenHere(book).length
}

/**
 * One that is here again, at its source or as a client of this device, is not in the tray while it is here; nor is one
 * that was forgotten or is too old. The row itself stays and knows whose id it was (sync/returned-record.ts).
 */
export function isInTray(book: Book, row: TombstoneRow, now: number): boolean {
  if (row.how === 'merged' || row.fields === null) return false
  if (row.restoreUntil === null || row.restoreUntil <= now) return false
  return !book.heads.has(row.recordId)
}

/** Of a client that was lost more than once, only the newest loss counts. */
function newestOfEach(rows: readonly TombstoneRow[]): readonly TombstoneRow[] {
  const newest = new Map<string, TombstoneRow>()
  for (const row of rows) if ((newest.get(row.recordId)?.at ?? -1) < row.at) newest.set(row.recordId, row)
  return [...newest.values()]
}

function trayRows(book: Book, now: number): readonly TombstoneRow[] {
  return newestOfEach([...book.tombstones.values()].filter((row) => isInTray(book, row, now)))
}

/** The client as one of this device: what its source last said, under the id it always had here. */
export function localOf(row: TombstoneRow): LocalRow {
  return {
    recordId: row.recordId,
    sourceId: row.sourceId,
    deviceOnly: true,
    fields: row.fields ?? {},
    fallbackName: row.fallbackName ?? row.remoteId,
    formerRemoteId: row.remoteId,
    createdAt: row.knownSince ?? row.at,
  }
}
