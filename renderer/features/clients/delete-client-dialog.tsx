import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { useSourceName } from '../../domain/source-label.tsx'
import { currentRoute, navigate } from '../../state/route.ts'
import { errorLine } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { Question } from '../../ui/dialog.tsx'
import { notify } from '../../ui/toast.tsx'
import { DeleteCountdown } from './delete-countdown.tsx'

/** A delete is not sent before this long, so that Undo takes it back without a trace. */
const UNDO_MS = 10_000

/** Names the client, where it will be removed, and how long that can be undone. */
export function DeleteClientDialog(props: {
  readonly clientId: ClientId
  readonly name: string
  readonly onClose: () => void
}) {
  const { clientId, name } = props
  const store = useStore()
  const details = useStoreQuery('clients.get', { clientId }, ['clients']).data
  const sourceName = useSourceName(details?.row.sourceIds[0] ?? null)
  const [busy, setBusy] = useState(false)
  const atSource = details?.canDelete === 'at-source'
  const ofSource = (details?.row.sourceIds.length ?? 0) > 0

  const remove = async (): Promise<void> => {
    setBusy(true)
    const reply = await store.call['client.delete']({ clientId })
    setBusy(false)
    props.onClose()
    if (!reply.ok) {
      notify({ text: errorLine(reply.error, { sourceName }), tone: 'danger' })
      return
    }
    if (reply.value.editId === null && currentRoute().clientId === clientId) navigate('clients')
    const queue = reply.value.editId === null ? null : await store.call['queue.list']({})
    const waits = queue?.ok === true ? queue.value.find((edit) => edit.editId === reply.value.editId) : undefined
    notify({
      icon: <IconTrash size={16} aria-hidden />,
      text:
        reply.value.editId === null ? (
          `${name} is deleted here.`
        ) : (
          <DeleteCountdown name={name} sourceName={sourceName} sendsAt={waits?.notBefore ?? null} />
        ),
      action: { label: 'Undo', run: () => void undoLast(store) },
      slot: 'undo',
      staysMs: UNDO_MS,
    })
  }

  return (
    <Question
      opened
      onClose={props.onClose}
      label={NAMES.deleteClient}
      title={`Delete ${name}?`}
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') void remove()
      }}
      buttons={
        <>
          <Button variant="quiet" size="form" data-autofocus onClick={props.onClose}>
            {NAMES.cancel}
          </Button>
          <Button variant="danger" size="form" busy={busy} onClick={() => void remove()}>
            {NAMES.delete}
          </Button>
        </>
      }
    >
      {atSource
        ? `${sourceName} is told after 10 seconds, or once it can be reached. Until then undo leaves no trace; for 30 days a copy stays here.`
        : ofSource
          ? `${sourceName} cannot be told to delete. The client is removed here; for 30 days a copy stays, and undo brings it back.`
          : 'It lives on this device only and is removed here. Undo brings it back; for 30 days a copy stays.'}
    </Question>
  )
}
