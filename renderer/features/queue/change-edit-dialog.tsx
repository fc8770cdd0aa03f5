import { IconCheck } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import { exportUnsentWork } from '../../actions/export-unsent.tsx'
import { MOD } from '../../actions/keys.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { ClientFields } from '../../domain/client-form/client-fields.tsx'
import { FormBody } from '../../domain/client-form/form-body.tsx'
import { changesOf, type FormFieldSpec, fieldValueOf, valuesOf } from '../../domain/client-form/form-values.ts'
import { useFieldForm } from '../../domain/client-form/use-field-form.ts'
import { isSavePress, useFormSubmit } from '../../domain/client-form/use-form-submit.ts'
import { useSourceName } from '../../domain/source-label.tsx'
import { useManifests, useSource } from '../../state/host-state.ts'
import type { EditView } from '../../store/store-contract.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/toast.tsx'
import { changeText } from './change-words.ts'

/** Other values for an edit that has not left: its fields, with the inputs and rules of the form it came from. */
export function ChangeEditDialog(props: { readonly edit: EditView; readonly onClose: () => void }) {
  const { edit, onClose } = props
  const id = useId()
  const host = useHost()
  const store = useStore()
  const sourceName = useSourceName(edit.sourceId)
  const source = useSource(edit.sourceId)
  const manifest = useManifests().find((each) => each.connectorId === source?.connectorId)
  const blank = useStoreQuery('form.blank', { sourceId: edit.sourceId }, ['sources']).data
  const [shown] = useState(() => valuesOf(edit.changes.map(({ field, to }) => ({ field, value: to }))))

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

  const submit = useFormSubmit({
    form: fieldForm,
    isReady: blank !== null,
    save: () => (changed === 0 ? null : store.call['edit.change']({ editId: edit.editId, changes })),
    done: (saved) => {
      onClose()
      if (saved === null) return
      notify({
        icon: <IconCheck size={16} aria-hidden />,
        text:
          saved.editId === null
            ? `Changed. Nothing of ${edit.clientName} is left to send.`
            : `Changed. The edit of ${edit.clientName} carries the new values.`,
        slot: 'undo',
      })
      void host.call['edits.push']({ sourceId: edit.sourceId })
    },
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isSavePress(event)) return
    event.preventDefault()
    submit.submit()
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
          <Button variant="primary" size="form" type="submit" form={id} busy={submit.busy} shortcut={`${MOD} ↵`}>
            {NAMES.save}
          </Button>
        </>
      }
    >
      <FormBody id={id} submit={submit} sourceName={sourceName} onExport={() => void exportUnsentWork(store)}>
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
      </FormBody>
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
