import { IconFileExport } from '@tabler/icons-react'
import type { StoreLink } from '../bridge/start-store-worker.ts'
import { errorLine } from '../text/error-text.ts'
import { exportedText } from '../text/unsent-text.ts'
import { saveTextFile } from '../ui/text-files.ts'
import { notify } from '../ui/toast.tsx'

/** Everything that cannot be pulled again, as a readable file in the downloads. Also the way out of storage trouble. */
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
  const { fileName, text, edits, localValues } = reply.value
  saveTextFile(fileName, text)
  notify({
    icon: <IconFileExport size={16} aria-hidden />,
    text: exportedText(fileName, edits, localValues),
    slot: 'export',
  })
}
