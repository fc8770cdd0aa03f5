import { IconCopy } from '@tabler/icons-react'
import type { AppError } from '../../../shared/app-error.ts'
import type { Result } from '../../../shared/result.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { notify } from '../../ui/toast.tsx'
import { detailsText } from './details-text.ts'

export interface EditCommands {
  readonly retry: () => Promise<void>
  readonly hold: () => Promise<void>
  readonly release: () => Promise<void>
  readonly copy: (reason: string) => Promise<void>
}

/** What can be done with one edit from its row; failures are said in a toast, success shows in the row. */
export function useEditCommands(edit: EditView): EditCommands {
  const host = useHost()
  const store = useStore()
  const sourceName = useSourceName(edit.sourceId)
  const { editId, sourceId } = edit
  const tell = (reply: Result<unknown, AppError>): boolean => {
    if (!reply.ok) notify({ tone: 'danger', text: errorLine(reply.error, { sourceName, during: 'edit' }) })
    return reply.ok
  }
  return {
    retry: async () => {
      if (tell(await store.call['edit.retry']({ editId }))) await host.call['edits.push']({ sourceId })
    },
    hold: async () => {
      tell(await store.call['edit.hold']({ editId }))
    },
    release: async () => {
      if (tell(await store.call['edit.release']({ editId }))) await host.call['edits.push']({ sourceId })
    },
    copy: async (reason) => {
      try {
        await navigator.clipboard.writeText(detailsText(edit, sourceName, reason))
        notify({ icon: <IconCopy size={16} aria-hidden />, text: 'Details copied.', slot: 'copy' })
      } catch {
        notify({ tone: 'danger', text: 'The details could not be copied. This window may not write to the clipboard.' })
      }
    },
  }
}
