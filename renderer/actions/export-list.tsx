import { IconFileSpreadsheet } from '@tabler/icons-react'
import type { StoreLink } from '../bridge/start-store-worker.ts'
import type { ListQuery } from '../store/store-contract.ts'
import { errorLine } from '../text/error-text.ts'
import { formatCount } from '../text/format.ts'
import { saveTextFile } from '../ui/text-files.ts'
import { notify } from '../ui/toast.tsx'

/** The clients of a list as a file for a spreadsheet. */
export async function exportList(store: StoreLink, query: ListQuery): Promise<void> {
  const reply = await store.call['clients.exportCsv'](query)
  if (!reply.ok) {
    notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: 'This device' }), slot: 'export' })
    return
  }
  const { fileName, text, clients } = reply.value
  saveTextFile(fileName, text, 'text/csv;charset=utf-8')
  notify({
    icon: <IconFileSpreadsheet size={16} aria-hidden />,
    text: `Exported ${formatCount(clients, 'client')} to ${fileName}.`,
    slot: 'export',
  })
}
