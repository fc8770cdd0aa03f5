import { IconAlertTriangle, IconBolt, IconCloudUp, IconLock, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { openAddSource } from '../../state/dialogs.ts'
import { useAppInfo } from '../../state/host-state.ts'
import { openImport } from '../../state/import-files.ts'
import { errorText } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './welcome.module.css'
import { WelcomeDrawing } from './welcome-drawing.tsx'

/** What `Clients` shows while there is no source. */
export function WelcomePlace() {
  const host = useHost()
  const appInfo = useAppInfo()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)

  const explore = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    const reply = await host.call['sample.start']({})
    setBusy(false)
    if (!reply.ok) setError(reply.error)
  }

  const inKeychain = appInfo?.keyStore.kind === 'os-keychain'
  const said = error === null ? null : errorText(error, { sourceName: 'Sample data' })
  return (
    <section className={styles.place}>
      <div className={styles.column}>
        <WelcomeDrawing />
        <h1 className={styles.heading}>{NAMES.appWelcome}</h1>
        <p className={styles.lines}>
          All your clients from every service, in one book on this device. Search and edit without a network; each
          change goes back to the source that can take it.
        </p>
        <div className={styles.buttons}>
          <Button
            variant="primary"
            size="large"
            icon={<IconPlus size={16} aria-hidden />}
            autoFocus
            onClick={openAddSource}
          >
            {NAMES.addSource}
          </Button>
          <Button size="large" busy={busy} onClick={() => void explore()}>
            {NAMES.sampleData}
          </Button>
          <Button variant="quiet" size="large" onClick={() => openImport()}>
            {NAMES.importClients}…
          </Button>
        </div>
        {said !== null && (
          <Banner
            tone="danger"
            role="alert"
            className={styles.error}
            icon={<IconAlertTriangle size={16} aria-hidden />}
            lead={said.title}
          >
            {said.text}
          </Banner>
        )}
        <ul className={styles.facts}>
          <li>
            <IconBolt size={16} aria-hidden />
            <div>
              <div className={styles.fact}>Ready in seconds</div>
              <div className="t2">1,000 invented clients from five services. One click removes them.</div>
            </div>
          </li>
          <li>
            <IconLock size={16} aria-hidden />
            <div>
              <div className={styles.fact}>
                {inKeychain ? 'Keys stay in your keychain' : 'Keys stay on this device'}
              </div>
              <div className="t2">Clientele talks only to the services you add. No account, no server in between.</div>
            </div>
          </li>
          <li>
            <IconCloudUp size={16} aria-hidden />
            <div>
              <div className={styles.fact}>Nothing is sent unseen</div>
              <div className="t2">Every field tells you where its change will go before you save.</div>
            </div>
          </li>
        </ul>
      </div>
    </section>
  )
}
