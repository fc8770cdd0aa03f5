import { IconAlertCircle, IconCheck } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useHostState } from '../../state/host-state.ts'
import { navigate } from '../../state/route.ts'
import type { BoardCard, Saved } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { notify } from '../../ui/toast.tsx'
import { type PendingMove, statusOfColumn } from './card-move.ts'

/** A move that the store has taken is shown by the store within this time, or it never will be (ms). */
const SETTLE = 1500

export interface MoveCard {
  /** Moves that are under way to the store. */
  readonly pending: readonly PendingMove[]
  readonly move: (card: BoardCard, from: string, to: string, toLabel: string) => Promise<boolean>
}

/** Saves a move as an edit of the field `status`, and says where it goes. */
export function useMoveCard(): MoveCard {
  const store = useStore()
  const host = useHost()
  const [pending, setPending] = useState<readonly PendingMove[]>([])

  const move = useCallback(
    async (card: BoardCard, from: string, to: string, toLabel: string): Promise<boolean> => {
      const { clientId, name } = card.row
      const entry: PendingMove = { card, from, to }
      setPending((current) => [...current.filter((each) => each.card.row.clientId !== clientId), entry])
      const drop = () => setPending((current) => current.filter((each) => each !== entry))
      const save = (status: string, seen: string) =>
        store.call['client.save']({
          clientId,
          changes: { status: statusOfColumn(status) },
          seen: { status: statusOfColumn(seen) },
        })

      const saved = await save(to, from)
      if (!saved.ok) {
        drop()
        tellFailure(name, card, saved.error)
        return false
      }
      setTimeout(drop, SETTLE)
      if (saved.value.editId !== null) void host.call['edits.push']({ sourceId: card.row.sourceIds[0] ?? null })
      notify({
        icon: <IconCheck size={16} aria-hidden />,
        text: `Moved to ${toLabel}. ${whereTo(saved.value, card)}`,
        action: {
          label: 'Undo',
          // Puts this very card back, whatever was edited since; "undo the last edit" might mean another by now.
          run: () => {
            void save(from, to).then((back) => {
              if (!back.ok) tellFailure(name, card, back.error)
            })
          },
        },
      })
      return true
    },
    [store, host],
  )
  return { pending, move }
}

function whereTo(saved: Saved, card: BoardCard): string {
  if (saved.sent === 0) return 'Stays on this device.'
  const { sources, network } = useHostState.getState()
  const source = sources?.find((each) => each.sourceId === card.row.sourceIds[0])
  const when = network.online && !network.workOffline ? 'now' : 'once online'
  return `Sends to ${source?.name ?? 'its source'} ${when}.`
}

function tellFailure(name: string, card: BoardCard, error: AppError): void {
  const source = useHostState.getState().sources?.find((each) => each.sourceId === card.row.sourceIds[0])
  notify({
    tone: 'danger',
    icon: <IconAlertCircle size={16} aria-hidden />,
    text: `${name} was not moved. ${errorLine(error, { sourceName: source?.name ?? 'This device', during: 'edit', fieldLabel: 'Status' })}`,
    action: { label: 'Show', run: () => navigate('clients', card.row.clientId) },
  })
}
