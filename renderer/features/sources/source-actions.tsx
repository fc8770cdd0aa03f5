import { IconCloudDown, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import type { Result } from '../../../shared/result.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useNetwork } from '../../state/host-state.ts'
import { errorLine } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/toast.tsx'
import styles from './sources.module.css'

/** What can be done with a source. A press that fails says so in a toast; success shows in the row itself. */
export function SourceActions(props: {
  readonly source: SourceView
  readonly onEdit: () => void
  readonly onRemove: () => void
}) {
  const { source } = props
  const { sourceId } = source
  const host = useHost()
  const { workOffline } = useNetwork()
  const blocked = whyNotSync(source, workOffline)

  const run = async (call: Promise<Result<null, AppError>>): Promise<void> => {
    const reply = await call
    if (!reply.ok) notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: source.name }) })
  }
  return (
    <div className={styles.actions}>
      <Button disabledReason={blocked} onClick={() => void run(host.call['sources.sync']({ sourceId, full: false }))}>
        {NAMES.syncNow}
      </Button>
      <Quiet
        label={NAMES.fullSync}
        blocked={blocked}
        hint="Full sync: reads everything again and finds deletions"
        onClick={() => void run(host.call['sources.sync']({ sourceId, full: true }))}
      >
        <IconCloudDown size={16} aria-hidden />
      </Quiet>
      {/* A rejected key has stopped the source as a pause does; the same key may be tried once more. */}
      {source.paused || source.state === 'key-rejected' ? (
        <Quiet label={NAMES.resume} onClick={() => void run(host.call['sources.resume']({ sourceId }))}>
          <IconPlayerPlay size={16} aria-hidden />
        </Quiet>
      ) : (
        <Quiet label={NAMES.pause} onClick={() => void run(host.call['sources.pause']({ sourceId }))}>
          <IconPlayerPause size={16} aria-hidden />
        </Quiet>
      )}
      <Quiet label={NAMES.edit} onClick={props.onEdit}>
        <IconPencil size={16} aria-hidden />
      </Quiet>
      <Quiet label={NAMES.remove} onClick={props.onRemove}>
        <IconTrash size={16} aria-hidden />
      </Quiet>
    </div>
  )
}

/** An icon that stays focusable when it cannot be used, so that its tooltip can say why. */
function Quiet(props: {
  readonly label: string
  readonly hint?: string
  readonly blocked?: string | undefined
  readonly onClick: () => void
  readonly children: ReactNode
}) {
  const { blocked } = props
  return (
    <IconButton
      label={props.label}
      hint={blocked === undefined ? props.hint : `${props.label}: ${blocked}`}
      aria-disabled={blocked === undefined ? undefined : true}
      className={blocked === undefined ? undefined : styles.blocked}
      onClick={() => {
        if (blocked === undefined) props.onClick()
      }}
    >
      {props.children}
    </IconButton>
  )
}

/** Why a sync cannot be asked for now, or undefined where it can. */
function whyNotSync(source: SourceView, workOffline: boolean): string | undefined {
  if (source.state === 'syncing') return 'a sync is under way'
  if (source.paused) return 'resume it first'
  if (workOffline) return 'Work offline is on'
  return undefined
}
