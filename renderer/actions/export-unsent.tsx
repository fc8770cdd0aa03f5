import { IconFileExport } from '@tabler/icons-react'
import type { StoreLink } from '../bridge/start-store-worker.ts'
import { useLockState } from '../state/lock-state.ts'
import { errorLine } from '../text/error-text.ts'
import { exportedText } from '../text/unsent-text.ts'
import { saveTextFile } from '../ui/text-files.ts'
import { notify } from '../ui/toast.tsx'

/** Everything that cannot be pulled again, as a file in the downloads: readable, or under the passphrase where one is set. Also the way out of storage trouble. */
export async function exportUnsentWork(store: StoreLink): Promise<void> {
  const reply = await store.call['unsent.export']({})
  if (!reply.ok) {
    notify({
      tone: 'danger',
      text: `Nothing was exported. ${errorLine(reply.error, { sourceName: 'This device', during: 'edit' })}`,
      slot: 'export',
    })
    return
  }
  const { text, edits, localValues } = reply.value
  const { lock, files } = useLockState.getState()
  const sealed = lock.encrypted && files !== null ? await files.seal(text) : null
  if (sealed !== null && !sealed.ok) {
    // Never in plain where everything else of it is encrypted.
    notify({
      tone: 'danger',
      text: `Nothing was exported. ${errorLine(sealed.error, { sourceName: 'This device' })}`,
      slot: 'export',
    })
    return
  }
  const fileName = sealed === null ? reply.value.fileName : reply.value.fileName.replace(/\.json$/, '.clientele')
  saveTextFile(fileName, sealed === null ? text : sealed.value.text)
  notify({
    icon: <IconFileExport size={16} aria-hidden />,
    text: `${exportedText(fileName, edits, localValues)}${sealed === null ? '' : ' It is encrypted under your passphrase.'}`,
    slot: 'export',
  })
}
