import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { DangerQuestion } from '../../domain/danger-question.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import type { TrayItem } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { notify } from '../../ui/toast.tsx'

/** Asks before the last copy of a client goes. */
export function ForgetQuestion(props: { readonly item: TrayItem; readonly onClose: () => void }) {
  const { item } = props
  const store = useStore()
  const sourceName = useSourceName(item.sourceId)
  return (
    <DangerQuestion
      label="Forget client"
      title={`Forget ${item.name}?`}
      action="Forget"
      onClose={props.onClose}
      onConfirm={async () => {
        const reply = await store.call['tray.forget']({ key: item.key })
        if (reply.ok) {
          notify({
            text: `${item.name} is forgotten.`,
            action: { label: 'Undo', run: () => void undoLast(store) },
            slot: 'undo',
          })
        }
        return reply
      }}
      errorText={(error) => errorLine(error, { sourceName })}
    >
      This is the last copy: {sourceName} no longer has this client. Its values and what you wrote about it leave this
      device now instead of after 30 days.
    </DangerQuestion>
  )
}
