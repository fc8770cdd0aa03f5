import { IconCheck } from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import { exportUnsentWork } from '../../actions/export-unsent.tsx'
import { MOD } from '../../actions/keys.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { ClientFields } from '../../domain/client-form/client-fields.tsx'
import { changesOf, type FormFieldSpec, fieldValueOf, valuesOf } from '../../domain/client-form/form-values.ts'
import { useFieldForm } from '../../domain/client-form/use-field-form.ts'
import { SaveFailure } from '../../domain/save-failure.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import { useManifests, useSource } from '../../state/host-state.ts'
import type { EditView } from '../../store/store-contract.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/toast.tsx'
import { changeText } from './change-words.ts'
import styles from './queue.module.css'

/** Other values for an edit that has not left: its fields, with the inputs and rules of the form it came from. */
export function ChangeEditDialog(props: { readonly edit: EditView; readonly onClose: () => void }) {
  const { edit, onClose } = props
  const id = useId()
  const host = useHost()
  const store = useStore()
  const form = useRef<HTMLFormElement>(null)
  const sourceName = useSourceName(edit.sourceId)
  const source = useSource(edit.sourceId)
  const manifest = useManifests().find((each) => each.connectorId === source?.connectorId)
  const blank = useStoreQuery('form.blank', { sourceId: edit.sourceId }, ['sources']).data
  const [shown] = useState(() => valuesOf(edit.changes.map(({ field, to }) => ({ field, value: to }))))
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<AppError | null>(null)

  const fields = fieldsOf(edit, blank?.fields ?? [])
  const said = (values: typeof shown): Fields =>
    Object.fromEntries(fields.map(({ field }) => [field, fieldValueOf(values[field])]))
  const fieldForm = useFieldForm(shown, (values) => ({
    fields: said(values),
    operation: edit.operation === 'create' ? 'create' : 'update',
    creates: manifest?.creates ?? null,
    updates: manifest?.updates ?? null,
    nameStyle: blank?.nameStyle ?? 'full',
    statusOptions: blank?.statusOptions ?? [],
  }))
  const changes = changesOf(shown, fieldForm.values)
  const changed = Object.keys(changes).length

  const save = async (): Promise<void> => {
    if (busy || blank === null) return
    if (!fieldForm.check()) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    if (changed === 0) {
      onClose()
      return
    }
    setBusy(true)
    setFailure(null)
    const reply = await store.call['edit.change']({ editId: edit.editId, changes })
    setBusy(false)
    if (reply.ok) {
      onClose()
      notify({
        icon: <IconCheck size={16} aria-hidden />,
        text:
          reply.value.editId === null
            ? `Changed. Nothing of ${edit.clientName} is left to send.`
            : `Changed. The edit of ${edit.clientName} carries the new values.`,
        slot: 'undo',
      })
      await host.call['edits.push']({ sourceId: edit.sourceId })
    } else if (!fieldForm.refuse(reply.error)) {
      setFailure(reply.error)
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && (event.key === 'Enter' || event.key.toLowerCase() === 's')) {
      event.preventDefault()
      void save()
    }
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`Change the edit of ${edit.clientName}`}
      onKeyDown={onKeyDown}
      footer={
        <>
          <span className="small t2" aria-live="polite">
            {changeText(edit, said(fieldForm.values), changed, sourceName)}
          </span>
          <span className="spring" />
          <Button variant="quiet" size="form" onClick={onClose}>
            {NAMES.cancel}
          </Button>
          <Button variant="primary" size="form" type="submit" form={id} busy={busy} shortcut={`${MOD} ↵`}>
            {NAMES.save}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id={id}
        noValidate
        className={styles.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void save()
        }}
      >
        {failure !== null && (
          <SaveFailure error={failure} sourceName={sourceName} onExport={() => void exportUnsentWork(store)} />
        )}
        {blank !== null && (
          <ClientFields
            id={id}
            fields={fields}
            values={fieldForm.values}
            shown={shown}
            errors={fieldForm.errors}
            statusOptions={blank.statusOptions}
            onChange={fieldForm.set}
            onLeave={fieldForm.leave}
          />
        )}
      </form>
    </Dialog>
  )
}

/** An update has the fields it changes; a create all that its source takes. */
function fieldsOf(edit: EditView, blank: readonly FormFieldSpec[]): readonly FormFieldSpec[] {
  const own = new Set<FieldKey>(edit.changes.map((change) => change.field))
  const destination = { kind: 'sends', sourceId: edit.sourceId } as const
  const others =
    edit.operation === 'create'
      ? blank.filter((spec) => spec.destination.kind === 'sends' && !own.has(spec.field)).map((spec) => spec.field)
      : []
  return [...own, ...others].map((field) => ({ field, destination }))
}
