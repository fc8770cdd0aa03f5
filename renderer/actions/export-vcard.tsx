import { IconAddressBook } from '@tabler/icons-react'
import type { ClientId } from '../../shared/ids.ts'
import type { StoreLink } from '../bridge/start-store-worker.ts'
import { errorLine } from '../text/error-text.ts'
import { formatCount } from '../text/format.ts'
import { saveTextFile } from '../ui/text-files.ts'
import { notify } from '../ui/toast.tsx'

/** One client as a vCard file with everything that a card can hold. */
export async function exportVCard(store: StoreLink, { clientId }: { readonly clientId: ClientId }): Promise<void> {
  const reply = await store.call['clients.exportVCard']({ query: null, clientId, extent: 'all' })
  if (!reply.ok) {
    notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: 'This device' }), slot: 'export' })
    return
  }
  const { fileName, text, clients } = reply.value
  saveTextFile(fileName, text, 'text/vcard;charset=utf-8')
  notify({
    icon: <IconAddressBook size={16} aria-hidden />,
    text: `Exported ${formatCount(clients, 'client')} to ${fileName}, notes and tags included.`,
    slot: 'export',
  })
}
