import { Tooltip } from '@mantine/core'
import { IconArrowUpRight, IconDeviceLaptop } from '@tabler/icons-react'
import { useState } from 'react'
import type { FieldKey } from '../../../shared/model/field.ts'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { fieldText } from '../../domain/field-diff.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import type { ClientDetails, TimelineItem } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { NAMES, sendsTo } from '../../text/names.ts'
import { savedText } from '../../text/saved-text.ts'
import { notify } from '../../ui/toast.tsx'
import styles from './details.module.css'

/** Makes the former value of one field the present one again. Says where that goes before it is pressed. */
export function PutBack(props: {
  readonly details: ClientDetails
  readonly item: TimelineItem
  readonly field: TimelineItem['fields'][number]
}) {
  const { details, item, field } = props
  const store = useStore()
  const [busy, setBusy] = useState(false)
  const destination = destinationOf(details, field.field)
  const sourceName = useSourceName(destination?.kind === 'sends' ? destination.sourceId : null)
  const sends = destination?.kind === 'sends'
  const goes = sends ? sendsTo(sourceName) : NAMES.staysHere
  const former = fieldText(field.field, field.from, item.statusLabels) ?? 'empty'

  const putBack = async (): Promise<void> => {
    setBusy(true)
    const reply = await store.call['timeline.putBack']({
      clientId: details.row.clientId,
      itemId: item.id,
      field: field.field,
    })
    setBusy(false)
    if (!reply.ok) {
      notify({
        text: errorLine(reply.error, { sourceName, during: 'edit', fieldLabel: FIELD_LABELS[field.field] }),
        tone: 'danger',
      })
      return
    }
    const { sent, local, copies } = reply.value
    const text =
      sent + local === 0
        ? `${FIELD_LABELS[field.field]} has this value already.`
        : savedText(sent > 0 ? [field.field] : [], sent > 0 ? [] : [field.field], sourceName, copies)
    notify({ text, action: { label: 'Undo', run: () => void undoLast(store) }, slot: 'undo' })
  }
  return (
    <Tooltip
      multiline
      maw={280}
      events={{ hover: true, focus: true, touch: false }}
      label={`${FIELD_LABELS[field.field]} becomes ${former} again. ${goes}.`}
    >
      <button
        type="button"
        className={styles.putBack}
        aria-label={`Put back ${FIELD_LABELS[field.field]}`}
        aria-description={goes}
        disabled={busy}
        onClick={() => void putBack()}
      >
        {sends ? <IconArrowUpRight size={12} aria-hidden /> : <IconDeviceLaptop size={12} aria-hidden />}
        Put back
      </button>
    </Tooltip>
  )
}

function destinationOf(details: ClientDetails, field: FieldKey): ClientDetails['fields'][number]['destination'] | null {
  return details.fields.find((each) => each.field === field)?.destination ?? null
}
