import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClockHour4,
  IconKeyOff,
  IconPlayerPause,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react'
import type { SourceState as State } from '../../../shared/model/source.ts'
import { SOURCE_STATE_WORDS } from '../../domain/source-state.ts'
import { cx } from '../../ui/cx.ts'
import styles from './sources.module.css'

const TONES: Readonly<Record<State, string | undefined>> = {
  'up-to-date': styles.ok,
  syncing: styles.sync,
  'waiting-to-retry': styles.warn,
  paused: styles.calm,
  'key-rejected': styles.bad,
  offline: styles.calm,
  error: styles.bad,
  'not-synced': styles.calm,
}

/** Icon and word of a state; the word alone would do, the icon is for the eye. */
export function SourceState(props: { readonly state: State; readonly keyMissing?: boolean }) {
  return (
    <div className={cx(styles.state, TONES[props.state])}>
      <StateIcon state={props.state} />
      <span>
        {props.state === 'key-rejected' && props.keyMissing === true ? 'Key needed' : SOURCE_STATE_WORDS[props.state]}
      </span>
    </div>
  )
}

function StateIcon(props: { readonly state: State }) {
  switch (props.state) {
    case 'up-to-date':
      return <IconCircleCheck size={16} aria-hidden />
    case 'syncing':
      return <IconRefresh size={16} className="turning" aria-hidden />
    case 'waiting-to-retry':
      return <IconClockHour4 size={16} aria-hidden />
    case 'paused':
      return <IconPlayerPause size={16} aria-hidden />
    case 'key-rejected':
      return <IconKeyOff size={16} aria-hidden />
    case 'offline':
      return <IconPlugConnectedX size={16} aria-hidden />
    case 'error':
      return <IconAlertTriangle size={16} aria-hidden />
    case 'not-synced':
      return <IconCircleDashed size={16} aria-hidden />
  }
}
