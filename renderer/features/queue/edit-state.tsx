import {
  IconAlertCircle,
  IconClockHour4,
  IconCloudUp,
  IconHelpCircle,
  IconPlayerPause,
  IconRefresh,
} from '@tabler/icons-react'
import type { EditState as State } from '../../../shared/model/edit.ts'
import { cx } from '../../ui/cx.ts'
import styles from './queue.module.css'
import { EDIT_STATE_WORDS } from './queue-rows.ts'

const TONES: Readonly<Partial<Record<State, string | undefined>>> = {
  'needs-attention': styles.bad,
  conflict: styles.bad,
  'unknown-outcome': styles.warn,
  retrying: styles.warn,
  sending: styles.sync,
}

/** The contract's word. An edit that waits because it is held keeps the word and shows a pause. */
export function EditState(props: { readonly state: State; readonly held: boolean }) {
  return (
    <div className={cx(styles.word, TONES[props.state])}>
      <StateIcon {...props} />
      <span>{EDIT_STATE_WORDS[props.state]}</span>
    </div>
  )
}

function StateIcon(props: { readonly state: State; readonly held: boolean }) {
  switch (props.state) {
    case 'needs-attention':
    case 'conflict':
      return <IconAlertCircle size={16} aria-hidden />
    case 'unknown-outcome':
      return <IconHelpCircle size={16} aria-hidden />
    case 'sending':
      return <IconRefresh size={16} className="turning" aria-hidden />
    default:
      if (props.held) return <IconPlayerPause size={16} aria-hidden />
      if (props.state === 'retrying') return <IconClockHour4 size={16} aria-hidden />
      return <IconCloudUp size={16} aria-hidden />
  }
}
