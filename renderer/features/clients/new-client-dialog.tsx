import { IconCheck, IconHistory } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import type { FieldKey, FieldValue } from '../../../shared/model/field.ts'
import { exportUnsentWork } from '../../actions/export-unsent.tsx'
import { MOD } from '../../actions/keys.ts'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { ClientFields } from '../../domain/client-form/client-fields.tsx'
import { FormBody } from '../../domain/client-form/form-body.tsx'
import { changesOf, type FormValues, fieldValueOf } from '../../domain/client-form/form-values.ts'
import { useFieldForm } from '../../domain/client-form/use-field-form.ts'
import { useFormDraft } from '../../domain/client-form/use-form-draft.ts'
import { isSavePress, useFormSubmit } from '../../domain/client-form/use-form-submit.ts'
import { THIS_DEVICE } from '../../domain/source-label.tsx'
import { useManifests, useSources } from '../../state/host-state.ts'
import { navigate } from '../../state/route.ts'
import { formDrafts } from '../../state/this-page.ts'
import { NAMES } from '../../text/names.ts'
import { createdText } from '../../text/saved-text.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog, Question } from '../../ui/dialog.tsx'
import { FormField, NativeSelect } from '../../ui/form-field.tsx'
import { notify } from '../../ui/toast.tsx'

const NO_SOURCE = ''

/** A new client at a source, or on this device where the source cannot create or none is wanted. */
export function NewClientDialog(props: { readonly name: string; readonly onClose: () => void }) {
  const id = useId()
  const store = useStore()
  const sources = useSources()
  const manifests = useManifests()
  const manifestOf = (connectorId: string | undefined) =>
    manifests.find((manifest) => manifest.connectorId === connectorId)
  const canCreate = (connectorId: string): boolean => (manifestOf(connectorId)?.creates ?? null) !== null
  // With a name from elsewhere this is another client than the one that was being written.
  const [draft] = useState(() => (props.name === '' ? formDrafts.find('new-client', '') : null))
  const [chosen, setChosen] = useState<string | null>(draft?.sourceId ?? null)
  const first = sources.find((source) => canCreate(source.connectorId)) ?? sources[0]
  const source = sources.find((each) => each.sourceId === (chosen ?? first?.sourceId)) ?? null
  const sourceId = source?.sourceId ?? null
  const deviceOnly = source === null || !canCreate(source.connectorId)
  const manifest = manifestOf(source?.connectorId)
  const blank = useStoreQuery('form.blank', { sourceId }, ['sources']).data
  const [asking, setAsking] = useState(false)

  const [start] = useState(() => startValues(props.name))
  const fieldForm = useFieldForm(draft?.values ?? start, (values) => ({
    fields: filled(values, blank?.fields.map((each) => each.field) ?? []),
    operation: 'create',
    creates: manifest?.creates ?? null,
    updates: manifest?.updates ?? null,
    nameStyle: blank?.nameStyle ?? 'full',
    statusOptions: blank?.statusOptions ?? [],
  }))

  const isChanged = Object.keys(changesOf(start, fieldForm.values)).length > 0
  const endDraft = useFormDraft(
    {
      form: 'new-client',
      id: '',
      name: fieldValueText(fieldForm.values),
      shown: start,
      values: fieldForm.values,
      sourceId: chosen,
    },
    isChanged,
    draft !== null,
  )
  const leave = (): void => {
    endDraft()
    props.onClose()
  }

  const submit = useFormSubmit({
    form: fieldForm,
    isReady: blank !== null,
    save: () => {
      const fields = filled(fieldForm.values, blank?.fields.map((each) => each.field) ?? [])
      return store.call['client.create']({ sourceId, deviceOnly, fields })
    },
    done: (created) => {
      leave()
      if (created === null) return
      navigate('clients', created.clientId)
      notify({
        icon: <IconCheck size={16} aria-hidden />,
        text: createdText(created, source?.name ?? THIS_DEVICE, source?.reviewBeforeSending),
        action: { label: 'Undo', run: () => void undoLast(store) },
        slot: 'undo',
      })
    },
  })
  const close = (): void => {
    if (isChanged) setAsking(true)
    else leave()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isSavePress(event)) return
    event.preventDefault()
    submit.submit()
  }

  return (
    <>
      <Dialog
        opened
        onClose={close}
        title={NAMES.newClient}
        onKeyDown={onKeyDown}
        footer={
          <>
            <span className="small t3">
              {deviceOnly
                ? 'This client stays on this device.'
                : `Waits here until ${source?.name ?? 'the source'} has it.`}
            </span>
            <span className="spring" />
            <Button variant="quiet" size="form" onClick={leave}>
              {NAMES.cancel}
            </Button>
            <Button variant="primary" size="form" type="submit" form={id} busy={submit.busy} shortcut={`${MOD} ↵`}>
              {NAMES.create}
            </Button>
          </>
        }
      >
        <FormBody
          id={id}
          submit={submit}
          sourceName={source?.name ?? THIS_DEVICE}
          onExport={() => void exportUnsentWork(store)}
          lead={
            draft !== null && (
              <Banner tone="quiet" role="note" icon={<IconHistory size={16} aria-hidden />}>
                This is what you had typed before.
              </Banner>
            )
          }
        >
          <FormField id={`${id}-source`} label={NAMES.source}>
            {(binding) => (
              <NativeSelect
                {...binding}
                data-autofocus
                value={sourceId ?? NO_SOURCE}
                onChange={(event) => setChosen(event.currentTarget.value)}
              >
                {sources.map((each) => (
                  <option key={each.sourceId} value={each.sourceId}>
                    {canCreate(each.connectorId) ? each.name : `${each.name} (this device only)`}
                  </option>
                ))}
                <option value={NO_SOURCE}>No source (this device only)</option>
              </NativeSelect>
            )}
          </FormField>
          {blank !== null && (
            <ClientFields
              id={id}
              fields={blank.fields}
              values={fieldForm.values}
              shown={null}
              errors={fieldForm.errors}
              statusOptions={blank.statusOptions}
              onChange={fieldForm.set}
              onLeave={fieldForm.leave}
            />
          )}
        </FormBody>
      </Dialog>
      <Question
        opened={asking}
        onClose={() => setAsking(false)}
        label="Discard new client"
        title="Leave without creating?"
        buttons={
          <>
            <Button variant="quiet" size="form" onClick={leave}>
              Discard
            </Button>
            <Button variant="primary" size="form" data-autofocus onClick={() => setAsking(false)}>
              Keep writing
            </Button>
          </>
        }
      >
        What you typed is not kept.
      </Question>
    </>
  )
}

/** What to call a client that is not there yet. */
function fieldValueText(values: FormValues): string {
  const text = fieldValueOf(values.name) ?? fieldValueOf(values.firstName) ?? ''
  return typeof text === 'string' ? text : ''
}

function startValues(name: string): FormValues {
  const [first = '', ...rest] = name.trim().split(/\s+/)
  return { name: name.trim(), firstName: first, lastName: rest.join(' ') }
}

/** Only what was filled in, of the fields that this form has. */
function filled(values: FormValues, fields: readonly FieldKey[]): Readonly<Partial<Record<FieldKey, FieldValue>>> {
  const said: Partial<Record<FieldKey, FieldValue>> = {}
  for (const field of fields) {
    const value = fieldValueOf(values[field])
    if (value !== null) said[field] = value
  }
  return said
}
