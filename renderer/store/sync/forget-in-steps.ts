import { clientIdOfRecord, type RecordId } from '../../../shared/ids.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import type { UndoRow } from '../rows.ts'

/** A step of many clients without those who are gone; null where nobody is left in it, itself where nobody is. */
export function withoutClients(step: UndoRow, isGone: (recordId: RecordId) => boolean): UndoRow | null {
  const { imported } = step
  if (imported === null) return step
  const stays = ({ recordId }: { readonly recordId: RecordId }): boolean => !isGone(recordId)
  const made = imported.made.filter((recordId) => !isGone(recordId))
  const filled = imported.filled.filter(stays)
  const deleted = imported.deleted?.filter(stays)
  const recordId = made[0] ?? filled[0]?.recordId ?? deleted?.[0]?.recordId
  if (recordId === undefined) return null
  const left = made.length + filled.length + (deleted?.length ?? 0)
  if (left === imported.made.length + imported.filled.length + (imported.deleted?.length ?? 0)) return step
  const rest = { ...imported, made, filled, ...(deleted !== undefined && { deleted }) }
  return { ...step, recordId, clientId: clientIdOfRecord(recordId), imported: rest }
}

/** The same step with other values of these clients. */
export function withCleanClients(
  step: UndoRow,
  isTheirs: (recordId: RecordId) => boolean,
  clean: {
    readonly changes: (changes: readonly FieldChange[]) => FieldChange[]
    readonly local: (local: UndoRow['local']) => UndoRow['local']
    readonly overlay: (overlay: UndoRow['overlay']) => UndoRow['overlay']
  },
): UndoRow {
  const { imported } = step
  if (imported === null) return step
  const filled = imported.filled.map((each) =>
    isTheirs(each.recordId) ? { ...each, changes: clean.changes(each.changes) } : each,
  )
  const deleted = imported.deleted?.map((each) =>
    isTheirs(each.recordId) ? { ...each, local: clean.local(each.local), overlay: clean.overlay(each.overlay) } : each,
  )
  return { ...step, imported: { ...imported, filled, ...(deleted !== undefined && { deleted }) } }
}
