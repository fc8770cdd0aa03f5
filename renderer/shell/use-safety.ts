import { useCounts } from '../bridge/use-counts.ts'
import { useStoreQuery } from '../bridge/use-store-query.ts'
import { useHostConnected } from '../state/host-state.ts'
import { useImportFiles } from '../state/import-files.ts'
import type { Notice } from '../store/store-contract.ts'
import { isSerious } from '../text/notice-text.ts'
import { useLate } from '../ui/skeleton.tsx'

/** Every save is copied within a moment; one that has not been after this long is worth a word. */
const COPY_IS_LATE_MS = 5_000

/** Saved changes whose second copy is late; 0 while all is well. */
export function useOneCopy(): number {
  const changes = useCounts()?.unjournaled ?? 0
  return useLate(changes > 0, COPY_IS_LATE_MS) ? changes : 0
}

/** What was found or repaired and has not been dismissed. What is about one client shows with that client. */
export function useNotices(): readonly Notice[] {
  const any = (useCounts()?.notices ?? 0) > 0
  const { data } = useStoreQuery('notices.list', any ? {} : null, ['counts', 'edits', 'clients'])
  const importing = useImportFiles((state) => state.running)
  if (!any || data === null) return NONE
  return data.filter(({ kind }) => kind !== 'overlay-source-changed' && !(importing && kind === 'import-cut'))
}

const NONE: readonly Notice[] = []

/** Whether the safety of what the user wrote needs the user. */
export function useSafetyTrouble(): boolean {
  const late = useOneCopy() > 0
  // While the core is away the status says so; what waits for it then is no trouble of its own.
  const connected = useHostConnected()
  const serious = useNotices().some(isSerious)
  return serious || (late && connected)
}
