import { Popover } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCloudUp,
  IconGitFork,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react'
import { useState } from 'react'
import { NAMES } from '../text/names.ts'
import { syncStatusText } from '../text/sync-status-text.ts'
import { cx } from '../ui/cx.ts'
import styles from './shell.module.css'
import { SyncDetails } from './sync-details.tsx'
import { useSyncStatus } from './use-sync-status.ts'

const LOOKS = {
  attention: { icon: IconAlertTriangle, className: styles.attention },
  conflicts: { icon: IconGitFork, className: styles.conflicts },
  offline: { icon: IconPlugConnectedX, className: styles.offline },
  syncing: { icon: IconRefresh, className: styles.syncing },
  waiting: { icon: IconCloudUp, className: styles.waiting },
  'up-to-date': { icon: IconCircleCheck, className: styles.uptodate },
} as const

/** The status holds the contract's text only; the button that opens the details lies over it. */
export function SyncStatusPill() {
  const status = useSyncStatus()
  const [opened, setOpened] = useState(false)
  const look = LOOKS[status.kind]
  return (
    <div className={styles.status}>
      <span role="status" aria-label={NAMES.syncStatus} className={cx(styles.pill, look.className)}>
        <look.icon size={14} aria-hidden className={cx(status.kind === 'syncing' && 'turning')} />
        <span>{syncStatusText(status)}</span>
      </span>
      <Popover opened={opened} onChange={setOpened} position="bottom-end" width={320} offset={6} trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className={styles.cover}
            aria-label={NAMES.syncDetails}
            onClick={() => setOpened((open) => !open)}
          />
        </Popover.Target>
        <Popover.Dropdown className={styles.popover} aria-label={NAMES.syncDetails}>
          <SyncDetails onDone={() => setOpened(false)} />
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
