import { type CoreLink, createCoreLink } from '../../renderer/store/core-link.ts'
import type { Store } from '../../renderer/store/create-store.ts'
import type { Clock, Random } from '../../shared/clock.ts'
import type { Port } from '../../shared/ipc/port.ts'

/** The real line between a store and a core, over ports in memory. `up` resolves with the first finished handshake. */
export function testLinkStore(options: {
  readonly store: Store
  readonly database: string
  readonly connect: () => Port | null
  readonly clock: Clock
  readonly random: Random
  readonly onBug: (what: string, cause: unknown) => string
  readonly onLink?: (connected: boolean) => void
}): { readonly link: CoreLink; readonly up: Promise<void> } {
  let isUp = (): void => undefined
  const up = new Promise<void>((resolve) => {
    isUp = resolve
  })
  const link = createCoreLink({
    ...options,
    connect: async () => options.connect(),
    onLink: (connected) => {
      options.onLink?.(connected)
      if (connected) isUp()
    },
  })
  return { link, up }
}
