import { IconAddressBook, IconFileSpreadsheet } from '@tabler/icons-react'
import type { StoreLink } from '../bridge/start-store-worker.ts'
import type { BulkSelection } from '../store/store-contract.ts'
import { errorLine } from '../text/error-text.ts'
import { formatCount, formatPercent } from '../text/format.ts'
import { saveBlob } from '../ui/text-files.ts'
import { notify } from '../ui/toast.tsx'

/** Clients of one question: the store serves others between two of them. */
const PER_PART = 1_000
/** A file that is there sooner tells nothing on its way. */
const SLOW_CLIENTS = 20_000

const KINDS = {
  csv: { type: 'text/csv;charset=utf-8', icon: <IconFileSpreadsheet size={16} aria-hidden />, more: '' },
  vcard: {
    type: 'text/vcard;charset=utf-8',
    icon: <IconAddressBook size={16} aria-hidden />,
    more: ', notes and tags included',
  },
} as const

/**
 * Chosen clients as a file, for a spreadsheet or as cards. Made part by part: what is written lies with the browser and not in
 * the page, so that a million clients make a file as well as ten.
 */
export async function exportClients(
  store: StoreLink,
  selection: BulkSelection,
  format: keyof typeof KINDS,
): Promise<void> {
  const { type, icon, more } = KINDS[format]
  const bulkId = crypto.randomUUID()
  const begun = await store.call['bulk.begin']({ bulkId, selection })
  let problem = begun.ok ? null : begun.error
  const parts: Blob[] = []
  let written = 0
  let fileName = ''
  let stopped = false
  for (let from = 0, total = 1; from < total && problem === null && !stopped; ) {
    const part = await store.call['bulk.export']({ bulkId, format, from, limit: PER_PART })
    if (!part.ok) {
      problem = part.error
      break
    }
    parts.push(new Blob([part.value.text]))
    written += part.value.clients
    fileName = part.value.fileName
    total = part.value.total
    from = part.value.next
    // Ten times in all: each is a repaint.
    if (total > SLOW_CLIENTS && parts.length % Math.ceil(total / PER_PART / 10) === 1 && from < total) {
      notify({
        icon,
        text: `Exporting ${formatCount(total, 'client')}: ${formatPercent(from, total)}`,
        slot: 'export',
        staysMs: 600_000,
        action: {
          label: 'Stop',
          run: () => {
            stopped = true
          },
        },
      })
    }
  }
  void store.call['bulk.end']({ bulkId })
  if (problem !== null) {
    notify({ tone: 'danger', text: errorLine(problem, { sourceName: 'This device' }), slot: 'export' })
    return
  }
  if (stopped) {
    notify({ icon, text: 'The export was stopped. No file was written.', slot: 'export' })
    return
  }
  saveBlob(fileName, new Blob(parts, { type }))
  notify({ icon, text: `Exported ${formatCount(written, 'client')} to ${fileName}${more}.`, slot: 'export' })
}
