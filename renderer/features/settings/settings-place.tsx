import type { ReactNode } from 'react'
import { useAbilities, useAppInfo, useHasDesktop } from '../../state/host-state.ts'
import { errorLine } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Place } from '../../ui/place.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import { AboutSection } from './about-section.tsx'
import { DesktopSection } from './desktop-section.tsx'
import { LookSection } from './look-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { SafetySection } from './safety-section.tsx'
import { SampleSection } from './sample-section.tsx'
import styles from './settings.module.css'
import { ONLY_IN_THE_APP } from './settings-words.ts'
import { SpellingSection } from './spelling-section.tsx'
import { SyncSection } from './sync-section.tsx'
import { UpdatesSection } from './updates-section.tsx'
import { useSettingsChange } from './use-settings-change.ts'

/** Preferences, sample data, and what is true of this installation. Every change holds at once. */
export function SettingsPlace(props: { readonly security?: ReactNode }) {
  const { error, ...change } = useSettingsChange()
  const appInfo = useAppInfo()
  const abilities = useAbilities()
  const hasDesktop = useHasDesktop()
  return (
    <Place
      title={NAMES.settings}
      ruled
      banners={
        error === null ? undefined : (
          <Banner tone="danger" role="alert" className={styles.error}>
            {errorLine(error, { sourceName: 'Clientele' })}
          </Banner>
        )
      }
    >
      <div className={styles.ground}>
        <div className={styles.column}>
          <LookSection {...change} />
          <SyncSection {...change} />
          {hasDesktop && <DesktopSection {...change} />}
          {abilities.notifications && <NotificationsSection {...change} />}
          {abilities.spellcheck !== 'none' && <SpellingSection {...change} kind={abilities.spellcheck} />}
          <SampleSection />
          <SafetySection />
          {props.security}
          {hasDesktop && <UpdatesSection {...change} />}
          {appInfo !== null && !hasDesktop && (
            <SettingsSection title="Desktop">
              <SettingRow label="In the desktop app" text={ONLY_IN_THE_APP} />
            </SettingsSection>
          )}
          <AboutSection appInfo={appInfo} />
        </div>
      </div>
    </Place>
  )
}
