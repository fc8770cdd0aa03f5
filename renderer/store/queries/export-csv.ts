import { csvHeader, csvRows } from '../../../shared/csv/write-csv.ts'
import { FIELD_KEYS, type FieldValue } from '../../../shared/model/field.ts'
import { FIELD_LABELS } from '../../../shared/model/field-labels.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import type { StoreContext } from '../store-context.ts'
import type { ClientRow, ListQuery } from '../store-contract.ts'
import type { ListClients } from './list-clients.ts'

const HEADER = ['Shown as', ...FIELD_KEYS.map((key) => FIELD_LABELS[key]), 'Source', 'Id at source', 'Updated']

/** All clients, or those that a list shows, as they are shown: values of this device over those of the sources. */
export function exportCsv(
  context: StoreContext,
  lists: ListClients,
  query: ListQuery,
): { readonly fileName: string; readonly text: string; readonly clients: number } {
  const clients = lists.found(query).total
  const day = new Date(context.clock.now()).toISOString().slice(0, 10)
  return { fileName: `clients-${day}.csv`, text: `${csvHead()}${csvLines(context, lists.rows(query))}`, clients }
}

/** A file of clients may be made in parts: its first line, and the lines of some clients. */
export function csvHead(): string {
  return csvHeader(HEADER)
}

export function csvLines({ book }: StoreContext, rows: Iterable<ClientRow>): string {
  function* lines(): Generator<readonly string[]> {
    for (const row of rows) {
      const head = book.heads.get(row.recordId)
      const fields = effectiveFields(head?.fields ?? {}, book.overlays.get(row.recordId)?.fields ?? {})
      const source = row.sourceIds[0]
      yield [
        row.name,
        ...FIELD_KEYS.map((key) => (key === 'status' ? statusText(fields.status) : cellText(fields[key]))),
        source === undefined ? 'This device' : (book.sources.get(source)?.name ?? ''),
        head?.remoteId ?? '',
        row.updatedAt === null ? '' : new Date(row.updatedAt).toISOString(),
      ]
      function statusText(status: FieldValue | undefined): string {
        const options = statusOptionsOf(book, head?.sourceId ?? null)
        return options.find((option) => option.id === status)?.label ?? cellText(status)
      }
    }
  }
  return csvRows(lines())
}

function cellText(value: FieldValue | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : value.join('; ')
}
