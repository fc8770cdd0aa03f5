import type { AppError } from '../../../shared/app-error.ts'
import { clientIdOfRecord, type RecordId } from '../../../shared/ids.ts'
import { validateFields } from '../../../shared/model/validate-fields.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { effectiveFields, overlayKeys } from '../../../shared/sync/effective-client.ts'
import type { Draft } from '../draft.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import { hiddenRecord, isInTray, localOf } from '../queries/tray.ts'
import type { TombstoneRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { Saved } from '../store-contract.ts'
import { tidyFields } from './change-fields.ts'
import { layCreate } from './create-client.ts'
import { withSnapshot } from './snapshot.ts'
import { undoStep } from './undo-step.ts'

interface TrayInput {
  readonly key: string
}

/** Back as a client of this device, with its id, its history and the values it had here. Its source is not asked. */
export function restoreFromTray(context: StoreContext, input: TrayInput): Promise<Result<Saved, AppError>> {
  const hidden = hiddenRecord(context.book, input.key)
  if (hidden !== null) return showAgain(context, hidden)
  return fromTray(context, input, (draft, row) => {
    draft.putLocal(localOf(row))
    draft.putOverlay({ recordId: row.recordId, fields: row.over, hiddenAt: null })
    return ok({ editId: null, sent: 0, local: overlayKeys(row.over).length })
  })
}

/** Back in the list: its source has had it all the time. */
function showAgain(context: StoreContext, recordId: RecordId): Promise<Result<Saved, AppError>> {
  return context.writer.write<Saved>({ durability: 'strict', epoch: null }, (draft) => {
    const at = context.clock.now()
    const clientId = clientIdOfRecord(recordId)
    const snapshot = withSnapshot(draft, { records: [recordId] }, () => {
      draft.putOverlay({ ...draft.overlay(recordId), hiddenAt: null })
      return undefined
    })
    draft.undo.push(undoStep({ at, clientId, recordId, what: 'tray', snapshots: [snapshot] }))
    const sourceId = draft.head(recordId)?.sourceId ?? null
    draft.log({ at, recordId, kind: 'you-created', sourceId, onDevice: true, by: 'put-back', fields: [] })
    return ok({ clientId, editId: null, sent: 0, local: 0, copies: 'one' })
  })
}

/** Made anew at its source, as far as that takes its fields; the others stay on this device. */
export function recreateFromTray(context: StoreContext, input: TrayInput): Promise<Result<Saved, AppError>> {
  return fromTray(context, input, (draft, row) => {
    const source = context.book.sources.get(row.sourceId)
    if (source === undefined || source.creates === null) {
      return err({ code: 'bad-input', field: 'key', rule: 'cannot-create' })
    }
    const fields = tidyFields(effectiveFields(row.fields ?? {}, row.over))
    const problem = validateFields({
      fields,
      operation: 'create',
      creates: source.creates,
      updates: null,
      nameStyle: source.nameStyle,
      statusOptions: statusOptionsOf(context.book, row.sourceId),
    })[0]
    if (problem !== undefined) return err({ code: 'bad-input', field: problem.field, rule: problem.rule })
    draft.putLocal({ ...localOf(row), deviceOnly: false, fields: {} })
    const { edit, sent, local } = layCreate(context, draft, row.recordId, row.sourceId, fields, source.creates)
    return ok({ editId: edit?.editId ?? null, sent: sent.length, local: local.length })
  })
}

/** Its last state goes. That this id is gone stays known. */
export function forgetFromTray(context: StoreContext, input: TrayInput): Promise<Result<null, AppError>> {
  return context.writer.write<null>({ durability: 'strict', epoch: null }, (draft) => {
    const at = context.clock.now()
    const row = draft.tombstone(input.key)
    if (row === undefined || !isInTray(context.book, row, at)) return err({ code: 'missing', what: 'client' })
    const lost = [...context.book.tombstones.values()].filter((other) => other.recordId === row.recordId)
    const snapshot = withSnapshot(draft, { tombstones: lost.map((other) => other.key) }, () => {
      for (const other of lost)
        draft.tombstones.set(other.key, { ...other, fields: null, over: {}, fallbackName: null, restoreUntil: null })
      return undefined
    })
    keepStep(draft, row, [snapshot], at)
    return ok(null)
  })
}

function fromTray(
  context: StoreContext,
  input: TrayInput,
  step: (draft: Draft, row: TombstoneRow) => Result<Pick<Saved, 'editId' | 'sent' | 'local'>, AppError>,
): Promise<Result<Saved, AppError>> {
  return context.writer.write<Saved>({ durability: 'strict', epoch: null }, (draft) => {
    const at = context.clock.now()
    const row = draft.tombstone(input.key)
    if (row === undefined || !isInTray(context.book, row, at)) return err({ code: 'missing', what: 'client' })
    const { recordId } = row
    let done: ReturnType<typeof step> | undefined
    const snapshot = withSnapshot(draft, { records: [recordId], tombstones: [row.key] }, () => {
      done = step(draft, row)
      return undefined
    })
    if (done === undefined || !done.ok) return done ?? err({ code: 'missing', what: 'client' })
    keepStep(draft, row, [snapshot], at)
    draft.log({
      at,
      recordId,
      kind: 'you-created',
      sourceId: done.value.editId === null ? null : row.sourceId,
      onDevice: done.value.editId === null,
      by: 'put-back',
      fields: [],
    })
    return ok({ clientId: clientIdOfRecord(recordId), ...done.value, copies: 'one' })
  })
}

function keepStep(draft: Draft, row: TombstoneRow, snapshots: ReturnType<typeof withSnapshot>[], at: number): void {
  draft.topics.add('clients')
  draft.undo.push(
    undoStep({ at, clientId: clientIdOfRecord(row.recordId), recordId: row.recordId, what: 'tray', snapshots }),
  )
}
