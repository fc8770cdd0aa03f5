import { useEffect } from 'react'
import { useHost } from '../../bridge/app-context.tsx'
import { useCounts } from '../../bridge/use-counts.ts'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { useAbilities, useHostState, useSettings, useSources } from '../../state/host-state.ts'
import { noticeReports } from './notice-reports.ts'
import { useTell } from './use-tell.ts'

/**
 * Tells the core what stands that a notification may be about. Again when a window takes the focus, because what can be
 * seen need not be told, and when the settings of notifications change.
 */
export function useNoticeReports(): void {
  const host = useHost()
  const { notifications } = useAbilities()
  const counts = useCounts()
  const sources = useSources()
  const known = useHostState((state) => state.sources !== null)
  const { notifyConflicts, notifyFailures, quietFrom, quietUntil } = useSettings()
  const isWanted = notifications && counts?.storage === 'ok' && known
  const { data } = useStoreQuery('attention.get', isWanted ? {} : null, ['edits', 'conflicts'])
  const reports = isWanted && data !== null ? noticeReports(data, sources) : null
  const tell = (now: NonNullable<typeof reports>): void => {
    for (const report of now) void host.call['desktop.notify'](report)
  }
  const told = reports === null ? null : { reports, under: [notifyConflicts, notifyFailures, quietFrom, quietUntil] }
  useTell(told, (now) => tell(now.reports))

  const text = reports === null ? null : JSON.stringify(reports)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for the value of `reports`
  useEffect(() => {
    if (reports === null) return
    const again = (): void => tell(reports)
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  }, [text])
}
