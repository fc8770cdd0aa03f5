import { useMantineColorScheme } from '@mantine/core'
import { lazy, Suspense, useEffect } from 'react'
import { useHasDesktop, useHostState, useSettings } from '../state/host-state.ts'
import { usePrintJob } from '../state/print-job.ts'
import { useRoute } from '../state/route.ts'
import { Toasts } from '../ui/toast.tsx'
import { Dialogs } from './dialogs.tsx'
import { DraftOffers } from './draft-offers.tsx'
import { LockGate } from './lock-gate.tsx'
import { Navigation } from './navigation.tsx'
import { PLACES } from './places.tsx'
import { SafetyBanners } from './safety-banners.tsx'
import styles from './shell.module.css'
import { TopBar } from './top-bar.tsx'
import { UpdateNotice } from './update-notice.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useStrayFiles } from './use-stray-files.ts'

const Desktop = lazy(async () => ({ default: (await import('./desktop/desktop.tsx')).Desktop }))

const PrintSheet = lazy(async () => ({ default: (await import('../features/print/print-sheet.tsx')).PrintSheet }))

export function AppShell() {
  const { place } = useRoute()
  const hasDesktop = useHasDesktop()
  const printing = usePrintJob((state) => state.job)
  useTheme()
  useShortcuts()
  useStrayFiles()
  const entry = PLACES.find((each) => each.place === place)
  useEffect(() => {
    document.title = entry === undefined ? 'Clientele' : `${entry.label} · Clientele`
  }, [entry])
  return (
    <div className={styles.app}>
      <Navigation />
      <div className={styles.main}>
        <TopBar />
        <SafetyBanners />
        <UpdateNotice />
        <DraftOffers />
        <main className={styles.place}>
          <Suspense fallback={null}>{entry !== undefined && <entry.Component />}</Suspense>
        </main>
      </div>
      <Dialogs />
      {hasDesktop && (
        <Suspense fallback={null}>
          <Desktop />
        </Suspense>
      )}
      {printing !== null && (
        <Suspense fallback={null}>
          <PrintSheet job={printing} />
        </Suspense>
      )}
      <Toasts />
      <LockGate />
    </div>
  )
}

/**
 * Mantine remembers the scheme in this window, so that the next start begins in it. `keepTransitions`, because
 * switching them off would need a <style> that the content policy forbids.
 */
function useTheme(): void {
  const { theme } = useSettings()
  const known = useHostState((state) => state.settingsKnown)
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  // biome-ignore lint/correctness/useExhaustiveDependencies: Mantine makes a new setter on every render
  useEffect(() => {
    if (known) setColorScheme(theme === 'system' ? 'auto' : theme)
  }, [theme, known])
}
