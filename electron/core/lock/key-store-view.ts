import type { Clock } from '../../../shared/clock.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { SourceRegistry } from '../sources/source-registry.ts'
import type { KeyRing } from './key-ring.ts'

/** A keychain that asks its user something may take minutes; the answer waits so long for it. */
const PATIENCE_MS = 1_000

/** How the keys are kept, after a try to open each of them: troubles are found by asking, not by guessing. */
export function createKeyStoreView(deps: {
  readonly clock: Clock
  readonly registry: Pick<SourceRegistry, 'list' | 'keyTrouble' | 'tryKeys'>
  readonly keys: Pick<KeyRing, 'view'>
  readonly onChange: () => void
  /** A key that could not be opened before can be now: the keychain was unlocked, perhaps. */
  readonly onOpened: (sourceId: SourceId) => void
}): () => ReturnType<KeyRing['view']> {
  const { clock, registry, keys } = deps
  const own = () => registry.list().filter((entry) => !entry.sample)

  const tryAll = async (): Promise<void> => {
    const before = own().filter((entry) => registry.keyTrouble(entry.sourceId) !== null)
    const all = own().map((entry) => registry.keyTrouble(entry.sourceId))
    await registry.tryKeys()
    for (const { sourceId } of before) if (registry.keyTrouble(sourceId) === null) deps.onOpened(sourceId)
    if (own().some((entry, at) => registry.keyTrouble(entry.sourceId) !== all[at])) deps.onChange()
  }

  return async () => {
    let cancel = (): void => undefined
    const late = new Promise<void>((resolve) => {
      cancel = clock.schedule(PATIENCE_MS, resolve)
    })
    await Promise.race([tryAll(), late])
    cancel()
    return keys.view({
      sealed: own().flatMap((entry) => entry.key ?? []),
      troubles: own().flatMap((entry) => registry.keyTrouble(entry.sourceId) ?? []),
    })
  }
}
