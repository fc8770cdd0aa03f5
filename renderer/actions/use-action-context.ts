import { useHost, useStore } from '../bridge/app-context.tsx'
import { useCounts } from '../bridge/use-counts.ts'
import { useNetwork, useSources } from '../state/host-state.ts'
import { useLock } from '../state/lock-state.ts'
import { useOpenClient } from '../state/open-client.ts'
import { useRoute } from '../state/route.ts'
import type { ActionContext } from './action.ts'

export function useActionContext(): ActionContext {
  return {
    host: useHost(),
    store: useStore(),
    route: useRoute(),
    clientName: useOpenClient((state) => state.name),
    counts: useCounts(),
    network: useNetwork(),
    sourceCount: useSources().length,
    encrypted: useLock().encrypted,
  }
}
