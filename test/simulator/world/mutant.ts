import type { JsonRow } from '../../../electron/simulator/record-table.ts'
import type { VendorReply } from '../../../electron/simulator/vendors/vendor.ts'
import type { Mutant } from '../fault-mix.ts'
import type { SimVendor } from './vendors.ts'

/** What a vendor that breaks one documented rule makes of a request before it answers it. */
export function mutateRequest(rule: Mutant, query: URLSearchParams, pageRows: number): void {
  if (rule === 'ignores-sort' && query.has('sortBy')) {
    query.set('sortBy', 'name')
    query.set('sortOrder', 'asc')
  }
  if (rule === 'smaller-pages' && query.has('limit')) query.set('limit', String(Math.max(3, Math.floor(pageRows / 2))))
}

/** What it makes of its own answer. It never says of a client that is there that it is gone. */
export function mutateReply(
  rule: Mutant,
  reply: VendorReply,
  method: string,
  { source, id, before }: { readonly source: SimVendor; readonly id: string; readonly before: JsonRow | null },
): VendorReply {
  if (reply.kind === 'list') {
    switch (rule) {
      case 'created-at-equal':
        return {
          ...reply,
          rows: [...reply.rows].map((row) =>
            'createdAt' in row ? { ...row, createdAt: '2026-01-01T00:00:00.000Z' } : row,
          ),
        }
      case 'created-at-moves':
        return {
          ...reply,
          rows: [...reply.rows].map((row) =>
            'createdAt' in row ? { ...row, createdAt: row.updatedAt ?? row.createdAt ?? null } : row,
          ),
        }
      case 'total-wrong':
        return {
          ...reply,
          after: reply.after.replace(
            /"(total|total_count)":(\d+)/,
            (_, name, n) => `"${name}":${Math.max(0, Number(n) - 1)}`,
          ),
        }
      case 'ids-as-numbers':
        return source.id === 'connect'
          ? { ...reply, rows: [...reply.rows].map((row) => ({ ...row, id: String(row.id) })) }
          : reply
      case 'extra-fields':
        return { ...reply, rows: [...reply.rows].map((row) => ({ ...row, score: 7, __proto: { a: 1 } })) }
      default:
        return reply
    }
  }
  if (reply.status >= 300 || method === 'GET') return reply
  switch (rule) {
    case 'patch-normalises-phone':
      return method === 'PATCH' && before !== null
        ? changed(source, id, reply, 'phone', (phone) => phone.replaceAll(' ', ''))
        : reply
    case 'patch-ignores-notes':
      return method === 'PATCH' && before !== null
        ? changed(source, id, reply, 'notes', () => before.notes ?? null)
        : reply
    case 'patch-without-entity':
      return method === 'PATCH' ? { ...reply, body: { success: true } } : reply
    case 'create-without-entity':
      return method === 'POST' ? { ...reply, body: { success: true } } : reply
    case 'delete-without-success':
      return method === 'DELETE' ? { ...reply, body: {} } : reply
    default:
      return reply
  }
}

/** The vendor keeps something else than it was sent, and says so. */
function changed(
  source: SimVendor,
  id: string,
  reply: VendorReply,
  field: string,
  change: (value: string) => unknown,
): VendorReply {
  const { table } = source.vendor
  const value = table.get(id)?.[field]
  if (typeof value !== 'string') return reply
  const row = table.update(id, { [field]: change(value) as string | null })
  return row === null ? reply : { kind: 'json', status: 200, body: { data: row } }
}
