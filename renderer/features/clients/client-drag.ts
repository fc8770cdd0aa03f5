import { type DragEvent, useRef } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import { writeVCard } from '../../../shared/vcard/write-vcard.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useAppInfo } from '../../state/host-state.ts'
import type { ClientRow } from '../../store/store-contract.ts'

interface Card {
  readonly clientId: ClientId
  readonly fileName: string
  readonly text: string
}

/**
 * A client dragged out of the window leaves as a vCard, for a mail or another program: what one hands to others, without
 * notes, tags and status. A drag begins in one moment, so the card is made when the name is pressed; where it is not
 * there in time, what the row shows is the card.
 */
export function useClientDrag() {
  const host = useHost()
  const store = useStore()
  const dragOut = useAppInfo()?.desktop.dragOut === true
  const card = useRef<Card | null>(null)

  const prepare = (row: ClientRow | null): void => {
    if (row === null) return
    const { clientId } = row
    void store.call['clients.exportVCard']({ query: null, clientId, extent: 'contact' }).then((reply) => {
      if (reply.ok) card.current = { clientId, fileName: reply.value.fileName, text: reply.value.text }
    })
  }
  const start = (event: DragEvent, row: ClientRow | null): void => {
    if (row === null) return
    const { fileName, text } = card.current?.clientId === row.clientId ? card.current : cardOfRow(row)
    if (dragOut) {
      // The system's own drag takes over; the page's must not begin.
      event.preventDefault()
      // The system's side makes a file name of it.
      void host.call['desktop.startDrag']({ name: row.name.slice(0, 200), vcard: text })
      return
    }
    const { dataTransfer } = event
    dataTransfer.effectAllowed = 'copy'
    dataTransfer.setData('text/vcard', text)
    dataTransfer.setData('text/plain', [row.name, row.email, row.phone].filter((part) => part !== null).join('\n'))
    // Chromium makes a file of it where the drag ends on the desktop.
    dataTransfer.setData('DownloadURL', `text/vcard:${fileName}:data:text/vcard;charset=utf-8,${encoded(text)}`)
  }
  return { prepare, start }
}

function cardOfRow(row: ClientRow): Card {
  const { name, email, phone, company, jobTitle, clientId } = row
  const fields = { name, email, phone, company, jobTitle }
  return {
    clientId,
    fileName: 'client.vcf',
    text: writeVCard({ name, fields, status: null, uid: null, changedAt: row.updatedAt }, 'contact'),
  }
}

/** Half of a pair of code units has no encoding. */
function encoded(text: string): string {
  return encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(text)))
}
