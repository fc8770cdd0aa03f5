import type { AppError } from '../../../shared/app-error.ts'
import { clientIdOfRecord, createRecordId, type RecordId, type SourceId } from '../../../shared/ids.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import { type FieldKey, type Fields, isEmptyFieldValue } from '../../../shared/model/field.ts'
import { validateFields } from '../../../shared/model/validate-fields.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { OverlayValue } from '../../../shared/sync/effective-client.ts'
import type { Draft } from '../draft.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import type { EditRow, TimelineEntry } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { Saved } from '../store-contract.ts'
import { tidyFields } from './change-fields.ts'
import { type EditDeps, newEdit } from './queue-edit.ts'
import { undoStep } from './undo-step.ts'

export interface NewClient {
  readonly sourceId: SourceId | null
  readonly deviceOnly: boolean
  readonly fields: Fields
}

/** A new client: on its way to a source, or for this device only. Its id is its own from the first moment. */
export function createClient(context: StoreContext, input: NewClient): Promise<Result<Saved, AppError>> {
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    const made = createInto(context, draft, input)
    if (!made.ok) return made
    const { recordId, saved } = made.value
    draft.undo.push(
      undoStep({
        at: context.clock.now(),
        clientId: saved.clientId,
        recordId,
        what: 'create',
        editId: saved.editId,
      }),
    )
    return ok(saved)
  })
}

/** The one way in which a client is made, whoever asks for it; what undoes it is the caller's. */
export function createInto(
  { book, clock, random }: StoreContext,
  draft: Draft,
  input: NewClient,
  by?: TimelineEntry['by'],
): Result<{ readonly recordId: RecordId; readonly saved: Saved }, AppError> {
  const source = input.sourceId === null ? null : book.sources.get(input.sourceId)
  if (source === undefined) return err({ code: 'missing', what: 'source' })
  const deviceOnly = input.deviceOnly || source === null || source.creates === null
  const problem = validateFields({
    fields: input.fields,
    operation: 'create',
    creates: deviceOnly ? null : (source?.creates ?? null),
    updates: null,
    nameStyle: source?.nameStyle ?? 'full',
    statusOptions: statusOptionsOf(book, input.sourceId),
  })[0]
  if (problem !== undefined) return err({ code: 'bad-input', field: problem.field, rule: problem.rule })

  const recordId = createRecordId(random)
  const clientId = clientIdOfRecord(recordId)
  const at = clock.now()
  draft.putLocal({
    recordId,
    sourceId: input.sourceId,
    deviceOnly,
    fields: {},
    fallbackName: null,
    formerRemoteId: null,
    createdAt: at,
  })
  const fields = tidyFields(input.fields)
  const sendable = deviceOnly ? [] : (source?.creates ?? [])
  const { edit, sent, local } = layCreate(
    { clock, random },
    draft,
    recordId,
    deviceOnly ? null : input.sourceId,
    fields,
    sendable,
  )
  draft.log({
    at,
    recordId,
    kind: 'you-created',
    sourceId: input.sourceId,
    onDevice: edit === null,
    fields: [...sent, ...local],
    ...(by === undefined ? {} : { by }),
  })
  const editId = edit?.editId ?? null
  return ok({ recordId, saved: { clientId, editId, sent: sent.length, local: local.length, copies: 'one' } })
}

/** Lays all values over a record that no source has, and queues those that travel as a create. */
export function layCreate(
  deps: EditDeps,
  draft: Draft,
  recordId: RecordId,
  sourceId: SourceId | null,
  fields: Fields,
  sendable: readonly FieldKey[],
): { readonly edit: EditRow | null; readonly sent: readonly FieldChange[]; readonly local: readonly FieldChange[] } {
  const at = deps.clock.now()
  const changes: FieldChange[] = []
  // Fields were parsed: their keys are field keys.
  for (const field of Object.keys(fields) as FieldKey[]) {
    const to = fields[field]
    if (to !== undefined && !isEmptyFieldValue(to)) changes.push({ field, from: null, to })
  }
  const sent = sourceId === null ? [] : changes.filter((change) => sendable.includes(change.field))
  const local = changes.filter((change) => !sent.includes(change))
  const over: Partial<Record<FieldKey, OverlayValue>> = {}
  for (const change of sent) over[change.field] = { value: change.to, from: null, mode: 'push', at }
  for (const change of local) over[change.field] = { value: change.to, from: null, mode: 'local', at }
  draft.putOverlay({ recordId, fields: over, hiddenAt: null })
  if (sourceId === null) return { edit: null, sent, local }
  const edit = newEdit(deps, draft, { recordId, sourceId, operation: 'create', changes: sent })
  draft.putEdit(edit)
  return { edit, sent, local }
}
