import { lazy, Suspense, useState } from 'react'
import { useCounts, usePreparing } from '../bridge/use-counts.ts'
import { ClientsPlace } from '../features/clients/clients-place.tsx'
import { recallFirstScreen } from '../state/first-screen.ts'
import { useSources, useSourcesKnown } from '../state/host-state.ts'
import { useLate } from '../ui/skeleton.tsx'

const WelcomePlace = lazy(async () => ({
  default: (await import('../features/welcome/welcome-place.tsx')).WelcomePlace,
}))

/** The list; the welcome while there is neither a source nor a client. */
export function ClientsOrWelcome() {
  const sources = useSources()
  const known = useSourcesKnown()
  const counts = useCounts()
  const preparing = usePreparing()
  const late = useLate(!known, 1500)
  const [recalled] = useState(() => recallFirstScreen() !== null)
  const empty = counts === null ? !recalled && preparing === null : counts.clients === 0
  if (known && sources.length === 0 && empty) {
    return (
      <Suspense fallback={null}>
        <WelcomePlace />
      </Suspense>
    )
  }
  // Whether this is a first start is not known yet: better nothing for a moment than a list that turns into a welcome.
  if (!known && empty && !late) return null
  return <ClientsPlace />
}
