import { useEffect, useRef, useState } from 'react'
import type { AppUpdate } from '../../../shared/model/app-update.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useWantedSection } from '../../state/focus.ts'
import { useHostState } from '../../state/host-state.ts'
import { updateText } from '../../text/update-text.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './settings.module.css'
import type { SettingsChange } from './use-settings-change.ts'

/** Where an update of the app stands, and what may be done about it. */
export function UpdatesSection(props: SettingsChange) {
  const { settings, set } = props
  const update = useHostState((state) => state.update)
  const now = useNow()
  const place = useRef<HTMLElement>(null)
  const isWanted = useWantedSection((state) => state.section === 'updates')
  useEffect(() => {
    if (!isWanted || place.current === null) return
    place.current.scrollIntoView({ block: 'center' })
    useWantedSection.setState({ section: null })
  }, [isWanted])
  if (update === null) return null
  return (
    <SettingsSection title="Updates" ref={place}>
      {update.state !== 'unavailable' && (
        <SettingRow
          label="Look for updates"
          text={
            settings.updates === 'off'
              ? 'Off: Clientele asks no server about itself unless you press the button.'
              : settings.updates === 'check'
                ? 'Asks every few hours whether there is a newer version, and says so.'
                : 'Asks every few hours, and fetches a newer version. It is put in place at the next start.'
          }
        >
          <Segmented
            label="Look for updates"
            value={settings.updates}
            segments={[
              { value: 'off', label: 'Off' },
              { value: 'check', label: 'Check' },
              { value: 'fetch', label: 'Check and fetch' },
            ]}
            onChange={(updates) => set({ updates })}
          />
        </SettingRow>
      )}
      <SettingRow label={update.state === 'unavailable' ? 'Not from here' : 'State'} text={updateText(update, now)}>
        <UpdateButtons update={update} />
      </SettingRow>
      {update.state === 'fetching' && (
        <div className={styles.inset}>
          <ProgressBar
            label="Fetching the update"
            value={update.percent / 100}
            text={`${Math.round(update.percent)} %`}
          />
        </div>
      )}
      {(update.state === 'available' || update.state === 'ready') && update.notes.trim() !== '' && (
        <section className={styles.notes} aria-label={`What is new in ${update.version}`}>
          <h3 className={styles.notesHead}>What is new in {update.version}</h3>
          {/* Text of a server: shown as it is, never read as markup. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <div className={styles.notesText} tabIndex={0} dir="auto">
            {update.notes}
          </div>
        </section>
      )}
    </SettingsSection>
  )
}

function UpdateButtons(props: { readonly update: AppUpdate }) {
  const { update } = props
  const host = useHost()
  const [asking, setAsking] = useState(false)
  const check = async (): Promise<void> => {
    setAsking(true)
    const reply = await host.call['update.check']({})
    setAsking(false)
    if (reply.ok) useHostState.setState({ update: reply.value })
  }
  switch (update.state) {
    case 'unavailable':
    case 'fetching':
      return null
    case 'idle':
    case 'put-off':
    case 'failed':
    case 'checking':
      return (
        <Button busy={asking || update.state === 'checking'} onClick={() => void check()}>
          {update.state === 'failed' ? 'Try again' : 'Check now'}
        </Button>
      )
    case 'available':
      return (
        <span className={styles.pairOfButtons}>
          <Button variant="quiet" onClick={() => void host.call['update.defer']({ for: 'day' })}>
            Later
          </Button>
          <Button variant="quiet" onClick={() => void host.call['update.defer']({ for: 'version' })}>
            Skip this version
          </Button>
          <Button onClick={() => void host.call['update.fetch']({})}>Download</Button>
        </span>
      )
    case 'ready':
      return <Button onClick={() => void host.call['update.install']({})}>Restart and update</Button>
  }
}
