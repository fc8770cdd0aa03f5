import type { AppError } from '../../../shared/app-error.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { csvHead, csvLines } from '../queries/export-csv.ts'
import { cardOf } from '../queries/export-vcard.ts'
import type { StoreContext } from '../store-context.ts'
import type { BulkFilePart, ClientRow } from '../store-contract.ts'
import { bulkSession } from './bulk-session.ts'

/** Clients of one part: about 20 ms of the worker, and half a megabyte. */
const MOST_PER_PART = 2_000

/** The next part of a file of the chosen clients. Whoever is gone by now is left out. */
export function exportPart(
  context: StoreContext,
  input: {
    readonly bulkId: string
    readonly format: 'csv' | 'vcard'
    readonly from: number
    readonly limit: number
  },
): Result<BulkFilePart, AppError> {
  const { book, view, clock } = context
  const session = bulkSession(book, input.bulkId)
  if (session === null) return err({ code: 'missing', what: 'selection' })
  const total = session.slots.length
  const from = Math.max(0, input.from)
  const next = Math.min(total, from + Math.max(1, Math.min(MOST_PER_PART, input.limit)))
  const rows: ClientRow[] = []
  for (const slot of session.slots.subarray(from, next)) {
    const row = view.rowAt(slot)
    if (row !== undefined) rows.push(row)
  }
  const day = new Date(clock.now()).toISOString().slice(0, 10)
  const text =
    input.format === 'vcard'
      ? rows.map((row) => cardOf(context, row, 'all')).join('')
      : `${from === 0 ? csvHead() : ''}${csvLines(context, rows)}`
  const fileName = `clients-${day}.${input.format === 'csv' ? 'csv' : 'vcf'}`
  return ok({ text, clients: rows.length, next, total, fileName })
}
