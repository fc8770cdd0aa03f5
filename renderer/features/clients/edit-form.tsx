import { IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import { exportUnsentWork } from '../../actions/export-unsent.tsx'
import { MOD } from '../../actions/keys.ts'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { ClientFields } from '../../domain/client-form/client-fields.tsx'
import { FormBody } from '../../domain/client-form/form-body.tsx'
import { changesOf, type FormValues, fieldValueOf, valuesOf } from '../../domain/client-form/form-values.ts'
import { useFieldForm } from '../../domain/client-form/use-field-form.ts'
import { useFormDraft } from '../../domain/client-form/use-form-draft.ts'
import { isSavePress, useFormSubmit } from '../../domain/client-form/use-form-submit.ts'
import { useSourceName } from '../../domain/source-label.tsx'
import { useManifests, useSource } from '../../state/host-state.ts'
import { formDrafts } from '../../state/this-page.ts'
import type { ClientDetails } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { NAMES } from '../../text/names.ts'
import { changesText, savedText } from '../../text/saved-text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Question } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/toast.tsx'
import styles from './details.module.css'

/**
 * The form in the pane's place. `seen` is what it showed at first, so that later changes elsewhere are noticed. What was
 * typed and not saved is there again on return: from another client, or after a crash.
 */
export function EditForm(props: { readonly details: ClientDetails; readonly onDone: () => void }) {
  const { details } = props
  const { clientId } = details.row
  const id = useId()
  const store = useStore()
  const [draft] = useState(() => formDrafts.find('edit', clientId))
  const [shown] = useState(() => draft?.shown ?? valuesOf(details.fields))
  const [asking, setAsking] = useState(false)
  const sourceId = details.fields.map((field) => field.destination).find((each) => each.kind === 'sends')?.sourceId
  const source = useSource(sourceId ?? details.row.sourceIds[0] ?? null)
  const sourceName = useSourceName(sourceId ?? null)
  const manifest = useManifests().find((each) => each.connectorId === source?.connectorId)
  const [fields] = useState(details.fields)

  const fieldForm = useFieldForm(draft?.values ?? shown, (values) => ({
    fields: changesOf(shown, values),
    operation: 'update',
    creates: manifest?.creates ?? null,
    updates: manifest?.updates ?? null,
    nameStyle: details.nameStyle,
    statusOptions: details.statusOptions,
    before: fieldsOf(shown),
  }))
  const changes = changesOf(shown, fieldForm.values)
  // The keys of `Fields` are field keys; `Object.keys` only knows them as text.
  const changed = Object.keys(changes) as FieldKey[]
  const sends = new Set(fields.filter((each) => each.destination.kind === 'sends').map((each) => each.field))
  const sent = changed.filter((field) => sends.has(field))
  const kept = changed.filter((field) => !sends.has(field))
  const wrong = fields.find((each) => fieldForm.errors[each.field] !== undefined)?.field

  const endDraft = useFormDraft(
    { form: 'edit', id: clientId, name: details.row.name, shown, values: fieldForm.values, sourceId: null },
    changed.length > 0,
    draft !== null,
  )

  const leave = (): void => {
    endDraft()
    props.onDone()
  }
  const submit = useFormSubmit({
    form: fieldForm,
    isReady: true,
    save: () => (changed.length === 0 ? null : store.call['client.save']({ clientId, changes, seen: fieldsOf(shown) })),
    done: (saved) => {
      leave()
      if (saved === null) return
      notify({
        icon: <IconCheck size={16} aria-hidden />,
        text: savedText(sent, kept, sourceName, saved.copies, source?.reviewBeforeSending),
        action: { label: 'Undo', run: () => void undoLast(store) },
        slot: 'undo',
      })
    },
  })
  const { element } = submit
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
  }, [element])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isSavePress(event)) {
      event.preventDefault()
      submit.submit()
    } else if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault()
      event.stopPropagation()
      if (changed.length === 0) leave()
      else setAsking(true)
    }
  }

  return (
    <>
      <div className={cx(styles.head, styles.headLine)}>
        <div className={styles.title}>
          <Avatar name={details.row.name} src={details.row.avatar} />
          <div className={styles.who}>
            <h2 className={cx('ell', styles.name)} dir="auto">
              {details.row.name}
            </h2>
            <div className={styles.role}>Editing</div>
          </div>
          <div className={styles.nearby}>
            <IconButton label="Close" keys={['Esc']} onClick={() => (changed.length === 0 ? leave() : setAsking(true))}>
              <IconX size={16} aria-hidden />
            </IconButton>
          </div>
        </div>
      </div>
      <FormBody
        id={id}
        submit={submit}
        sourceName={sourceName}
        onExport={() => void exportUnsentWork(store)}
        className={cx(styles.body, styles.form)}
        onKeyDown={onKeyDown}
        lead={
          <Banner tone="quiet" icon={<IconInfoCircle size={16} aria-hidden />}>
            {takesText(
              sends,
              fields.map((each) => each.field),
              source?.name ?? null,
            )}
          </Banner>
        }
      >
        <ClientFields
          id={id}
          fields={fields}
          values={fieldForm.values}
          shown={shown}
          errors={fieldForm.errors}
          statusOptions={details.statusOptions}
          onChange={fieldForm.set}
          onLeave={fieldForm.leave}
        />
      </FormBody>
      <footer className={styles.formFoot}>
        <span className="small t2" aria-live="polite">
          {wrong === undefined ? changesText(sent.length, kept.length) : `Fix ${FIELD_LABELS[wrong]} to save`}
        </span>
        <span className="spring" />
        <Button variant="quiet" size="form" onClick={leave}>
          {NAMES.cancel}
        </Button>
        <Button variant="primary" size="form" type="submit" form={id} busy={submit.busy} shortcut={`${MOD} ↵`}>
          {NAMES.save}
        </Button>
      </footer>
      <Question
        opened={asking}
        onClose={() => setAsking(false)}
        label="Discard changes"
        title={`Leave ${changed.length === 1 ? 'one change' : `${changed.length} changes`} unsaved?`}
        buttons={
          <>
            <Button variant="quiet" size="form" onClick={leave}>
              Discard changes
            </Button>
            <Button variant="primary" size="form" data-autofocus onClick={() => setAsking(false)}>
              Keep editing
            </Button>
          </>
        }
      >
        What you typed is not kept.
      </Question>
    </>
  )
}

function fieldsOf(values: FormValues): Fields {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, fieldValueOf(value)]))
}

/** `Full Engage takes name, phone, status and notes. The rest is kept here and survives every sync.` */
function takesText(sends: ReadonlySet<FieldKey>, all: readonly FieldKey[], sourceName: string | null): string {
  if (sends.size === 0) {
    return sourceName === null
      ? 'This client lives on this device only.'
      : `${sourceName} takes no changes. What you write is kept here and survives every sync.`
  }
  const names = all.filter((field) => sends.has(field)).map((field) => FIELD_LABELS[field].toLowerCase())
  const last = names.length > 1 ? names.pop() : undefined
  const taken = `${sourceName ?? 'The source'} takes ${names.join(', ')}${last === undefined ? '' : ` and ${last}`}.`
  return sends.size === all.length ? taken : `${taken} The rest is kept here and survives every sync.`
}
