import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, recordIdOfClient } from '../../../shared/ids.ts'
import type { FieldValue } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { type VCardExtent, writeVCard } from '../../../shared/vcard/write-vcard.ts'
import { UID_PREFIX } from '../imports/find-duplicates.ts'
import { joinName } from '../projection/join-name.ts'
import type { StoreContext } from '../store-context.ts'
import type { ClientRow, ListQuery } from '../store-contract.ts'
import type { ListClients } from './list-clients.ts'

/** One client, or those of a list, as they are shown. */
export function exportVCard(
  context: StoreContext,
  lists: ListClients,
  input: { readonly query: ListQuery | null; readonly clientId: ClientId | null; readonly extent: VCardExtent },
): Result<{ readonly fileName: string; readonly text: string; readonly clients: number }, AppError> {
  const { view, clock } = context
  if (input.clientId !== null) {
    const row = view.row(input.clientId)
    if (row === undefined) return err({ code: 'missing', what: 'client' })
    return ok({ fileName: `${fileNameOf(row.name)}.vcf`, text: cardOf(context, row, input.extent), clients: 1 })
  }
  const query = input.query ?? { text: '', sort: null }
  const day = new Date(clock.now()).toISOString().slice(0, 10)
  return ok({
    fileName: `clients-${day}.vcf`,
    text: Array.from(lists.rows(query), (row) => cardOf(context, row, input.extent)).join(''),
    clients: lists.found(query).total,
  })
}

/** One of them as a card. */
export function cardOf({ book }: StoreContext, row: ClientRow, extent: VCardExtent): string {
  const recordId = recordIdOfClient(row.clientId)
  const fields = effectiveFields(book.heads.get(recordId)?.fields ?? {}, book.overlays.get(recordId)?.fields ?? {})
  return writeVCard(
    {
      // As it is, and not as it is shown: a name with something unseen in it leaves as it came.
      name: text(fields.name) ?? joinName(text(fields.firstName), text(fields.lastName)) ?? row.name,
      fields,
      status: row.status?.label ?? null,
      uid: `${UID_PREFIX}${row.clientId}`,
      changedAt: row.updatedAt,
    },
    extent,
  )
}

function text(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** A name that every file system takes. It comes from a vendor. */
export function fileNameOf(name: string): string {
  const safe = name
    .slice(0, 400)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80)
    .trim()
  return safe === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(safe) ? 'client' : safe
}
