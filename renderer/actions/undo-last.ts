import type { StoreLink } from '../bridge/start-store-worker.ts'
import { notify } from '../ui/toast.tsx'

const WHAT = {
  edit: 'Undone. The edit of',
  create: 'Undone. The new client',
  delete: 'Undone. The delete of',
  'local-values': 'Undone. The values of',
} as const

/** Takes the last edit back and says what was undone. */
export async function undoLast(store: StoreLink): Promise<void> {
  const reply = await store.call['edit.undoLast']({})
  if (!reply.ok) {
    notify({ text: 'The last edit could not be undone. It stays as it is.', tone: 'danger' })
    return
  }
  const undone = reply.value
  if (undone === null) {
    notify({ text: 'Nothing to undo.', slot: 'undo' })
    return
  }
  const start = `${WHAT[undone.what]} ${undone.clientName}`
  notify({
    slot: 'undo',
    text: undone.compensating
      ? `${start} had been sent; an edit that puts it back waits now.`
      : undone.what === 'create'
        ? `${start} is gone.`
        : `${start} ${undone.what === 'local-values' ? 'are' : 'is'} taken back.`,
  })
}
