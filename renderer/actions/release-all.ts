import type { HostLink } from '../bridge/create-host-link.ts'
import type { StoreLink } from '../bridge/start-store-worker.ts'
import { errorLine } from '../text/error-text.ts'
import { formatCount } from '../text/format.ts'
import { notify } from '../ui/toast.tsx'

/** Releases every held edit, whatever it is held for, and sends what can be sent. */
export async function releaseAll(store: StoreLink, host: HostLink): Promise<void> {
  const reply = await store.call['edits.releaseAll']({ sourceId: null })
  if (!reply.ok) {
    notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: 'This device', during: 'edit' }) })
    return
  }
  notify({ text: `${formatCount(reply.value.released, 'edit')} released.`, slot: 'release' })
  await host.call['edits.push']({ sourceId: null })
}
