import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useId, useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import type { AppInfo, VaultChoice } from '../../../shared/ipc/host-contract.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useHostState } from '../../state/host-state.ts'
import { useLock } from '../../state/lock-state.ts'
import { errorLine } from '../../text/error-text.ts'
import { keyStoreText, keyStoreTrouble, VAULT_WORDS } from '../../text/key-store-text.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Checkbox } from '../../ui/form-field.tsx'
import radio from '../../ui/radio-card.module.css'
import { SettingRow } from '../../ui/settings-section.tsx'
import styles from './security.module.css'

/** Where keys of sources are kept, what is wrong with that place, and which others there are. */
export function KeyChoice(props: { readonly keyStore: AppInfo['keyStore'] }) {
  const { keyStore } = props
  const host = useHost()
  const { encrypted } = useLock()
  const name = useId()
  const [wanted, setWanted] = useState<VaultChoice | null>(null)
  const [agreed, setAgreed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const chosen = wanted ?? keyStore.choice
  const trouble = keyStoreTrouble(keyStore)

  const look = async (): Promise<void> => {
    const info = await host.call['app.info']({})
    if (info.ok) useHostState.setState({ appInfo: info.value })
  }
  // A keychain may have been locked or unlocked since the window was opened; a passphrase is one more way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the section appears, and with the passphrase
  useEffect(() => void look(), [encrypted])

  const choose = async (): Promise<void> => {
    setBusy(true)
    const reply = await host.call['vault.choose']({ choice: chosen, consent: agreed })
    await look()
    setBusy(false)
    setError(reply.ok ? null : reply.error)
    if (reply.ok) {
      setWanted(null)
      setAgreed(false)
    }
  }
  const mustAgree = chosen === 'key-file' && keyStore.choice !== 'key-file'
  return (
    <>
      <SettingRow label="Where keys are" text={`${keyStoreText(keyStore)} They can be replaced, never read back.`}>
        {keyStore.trouble === 'keychain-locked' && <Button onClick={() => void look()}>Look again</Button>}
      </SettingRow>
      {trouble !== null && (
        <Banner
          tone="warning"
          className={styles.inset}
          icon={<IconAlertTriangle size={16} aria-hidden />}
          lead={trouble.title}
        >
          {trouble.text}
        </Banner>
      )}
      {keyStore.choices.length > 1 && (
        <div className={styles.choices}>
          <div role="radiogroup" aria-label="Where to keep keys" className={styles.ways}>
            {keyStore.choices.map((choice) => (
              <label key={choice} className={cx(radio.card, styles.way)}>
                <input
                  type="radio"
                  name={name}
                  value={choice}
                  aria-label={VAULT_WORDS[choice].label}
                  aria-describedby={`${name}-${choice}`}
                  checked={choice === chosen}
                  onChange={() => setWanted(choice)}
                />
                <span aria-hidden className={styles.wayName}>
                  {VAULT_WORDS[choice].label}
                </span>
                <span id={`${name}-${choice}`} aria-hidden className={styles.what}>
                  {VAULT_WORDS[choice].text}
                </span>
              </label>
            ))}
          </div>
          {chosen !== keyStore.choice && (
            <div className={styles.decide}>
              {mustAgree && (
                <Checkbox
                  label="I know who could read the keys, and want them kept like this."
                  checked={agreed}
                  onChange={(event) => setAgreed(event.currentTarget.checked)}
                />
              )}
              <Button
                busy={busy}
                disabledReason={mustAgree && !agreed ? 'Tick the sentence above first.' : undefined}
                onClick={() => void choose()}
              >
                Keep keys like this
              </Button>
              <Button variant="quiet" onClick={() => setWanted(null)}>
                Cancel
              </Button>
            </div>
          )}
          {error !== null && (
            <Banner tone="danger" role="alert">
              {errorLine(error, { sourceName: 'This device' })}
            </Banner>
          )}
        </div>
      )}
    </>
  )
}
