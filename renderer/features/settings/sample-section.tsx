import { useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useSources } from '../../state/host-state.ts'
import { errorLine } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import { RemoveSampleQuestion } from './remove-sample-question.tsx'
import styles from './settings.module.css'
import { SAMPLE_CLIENTS_HINT } from './settings-words.ts'

export function SampleSection() {
  const host = useHost()
  const hasSample = useSources().some((source) => source.sample)
  const [error, setError] = useState<AppError | null>(null)
  const [busy, setBusy] = useState(false)
  const [removing, setRemoving] = useState(false)
  const explore = async (): Promise<void> => {
    setBusy(true)
    const reply = await host.call['sample.start']({})
    setBusy(false)
    setError(reply.ok ? null : reply.error)
  }
  return (
    <SettingsSection title="Sample data">
      <SettingRow label={hasSample ? 'Sample data is here' : 'No sample data'} text={SAMPLE_CLIENTS_HINT}>
        {hasSample ? (
          <Button onClick={() => setRemoving(true)}>Remove sample data</Button>
        ) : (
          <Button busy={busy} onClick={() => void explore()}>
            {NAMES.sampleData}
          </Button>
        )}
      </SettingRow>
      {error !== null && (
        <Banner tone="danger" role="alert" className={styles.inset}>
          {errorLine(error, { sourceName: 'Clientele' })}
        </Banner>
      )}
      {removing && <RemoveSampleQuestion onClose={() => setRemoving(false)} />}
    </SettingsSection>
  )
}
