import { IconDownload, IconX } from '@tabler/icons-react'
import { useHost } from '../bridge/app-context.tsx'
import { showUpdates } from '../state/focus.ts'
import { useHostState } from '../state/host-state.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './shell.module.css'

/** One quiet line once an update only waits for a restart. Put away, it comes back after a day. */
export function UpdateNotice() {
  const host = useHost()
  const update = useHostState((state) => state.update)
  if (update?.state !== 'ready') return null
  return (
    <section className={styles.safety} aria-label="Update">
      <Banner
        tone="quiet"
        role="note"
        className={styles.safetyBanner}
        icon={<IconDownload size={16} aria-hidden />}
        lead={`Clientele ${update.version} is ready.`}
        action={
          <span className={styles.noticeActions}>
            <Button variant="quiet" onClick={showUpdates}>
              What is new
            </Button>
            <Button onClick={() => void host.call['update.install']({})}>Restart and update</Button>
            <IconButton label="Later" onClick={() => void host.call['update.defer']({ for: 'day' })}>
              <IconX size={16} aria-hidden />
            </IconButton>
          </span>
        }
      >
        It is put in place at the next start.
      </Banner>
    </section>
  )
}
