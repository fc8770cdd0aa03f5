import type { StoreLink } from '../bridge/start-store-worker.ts'
import { undoneText, undoRefusedText } from '../text/undone-text.ts'
import { notify } from '../ui/toast.tsx'

/** Takes the last edit back and says what was undone. */
export async function undoLast(store: StoreLink): Promise<void> {
  const reply = await store.call['edit.undoLast']({})
  if (!reply.ok) {
    notify({ text: undoRefusedText(reply.error), tone: 'danger', slot: 'undo' })
    return
  }
  const undone = reply.value
  if (undone === null) {
    notify({ text: 'Nothing to undo.', slot: 'undo' })
    return
  }
  notify({ slot: 'undo', text: undoneText(undone) })
}
