import type { StoreLink } from '../bridge/start-store-worker.ts'
import { undoneText, undoRefusedText } from '../text/undone-text.ts'
import { notify } from '../ui/toast.tsx'

const SLOW_MS = 1_000

/** Takes the last edit back and says what was undone. */
export async function undoLast(store: StoreLink): Promise<void> {
  // An import of thousands takes a while to take back.
  const slow = setTimeout(() => notify({ text: 'Undoing…', slot: 'undo', staysMs: 600_000 }), SLOW_MS)
  const reply = await store.call['edit.undoLast']({})
  clearTimeout(slow)
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
