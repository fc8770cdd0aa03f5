import { IconAlertCircle, IconClockHour4, IconCloudUp, IconHelpCircle, IconRefresh } from '@tabler/icons-react'
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

export function EditState(props: { readonly state: State }) {
  return (
    <div className={cx(styles.word, TONES[props.state])}>
      <StateIcon state={props.state} />
      <span>{EDIT_STATE_WORDS[props.state]}</span>
    </div>
  )
}

function StateIcon(props: { readonly state: State }) {
  switch (props.state) {
    case 'needs-attention':
    case 'conflict':
      return <IconAlertCircle size={16} aria-hidden />
    case 'unknown-outcome':
      return <IconHelpCircle size={16} aria-hidden />
    case 'retrying':
      return <IconClockHour4 size={16} aria-hidden />
    case 'sending':
      return <IconRefresh size={16} className="turning" aria-hidden />
    default:
      return <IconCloudUp size={16} aria-hidden />
  }
}
