import type { AppError } from '../../shared/app-error.ts'
import type { Client, Listen } from '../../shared/ipc/rpc.ts'
import type { Result } from '../../shared/result.ts'
import { type StorePageApi, type StorePageEvents, storePageApi, storePageEvents } from '../store/store-contract.ts'
import type { StoreLife, StoreLink } from './start-store-worker.ts'

type Call = (input: object) => Promise<Result<unknown, AppError>>

/**
 * The store over the times in which it is locked away. While it is, there is no worker at all: nothing that it knew is
 * left in memory, and calls wait. What had no answer when it was locked is asked again afterwards under the same name
 * (`commandId`), so that a command is done once.
 */
export interface LockableLink extends StoreLink {
  readonly lock: () => void
  readonly unlock: () => void
}

export function createLockableLink(options: {
  readonly start: () => Promise<StoreLife>
  readonly locked: boolean
  readonly newCommandId: () => string
}): LockableLink {
  const listeners = new Map<string, Set<(data: never) => void>>()
  let open: (life: Promise<StoreLife>) => void = () => undefined
  let current: Promise<StoreLife>
  let isLocked = options.locked

  const begin = (): Promise<StoreLife> => {
    const life = options.start()
    void life.then((started) => {
      // `Object.keys` widens to string; these are literally the keys of the contract.
      for (const name of Object.keys(storePageEvents) as (keyof StorePageEvents)[])
        started.on(name, (data) => {
          // Each set was filled under this very name by `on`.
          for (const listener of listeners.get(name) ?? []) listener(data as never)
        })
    })
    return life
  }
  const closed = (): Promise<StoreLife> =>
    new Promise((resolve) => {
      open = resolve
    })
  current = isLocked ? closed() : begin()

  const call: Record<string, Call> = {}
  for (const name of Object.keys(storePageApi)) {
    call[name] = async (input) => {
      const named = { commandId: options.newCommandId(), ...input }
      for (;;) {
        const asked = current
        const reply = await callOf(await asked, name)(named)
        const isLost = !reply.ok && reply.error.code === 'disconnected'
        if (!isLost || asked === current) return reply
      }
    }
  }
  const on: Listen<StorePageEvents> = (name, listener) => {
    const set = listeners.get(name) ?? new Set()
    listeners.set(name, set)
    // Called with the data of this very name only.
    const untyped = listener as (data: never) => void
    set.add(untyped)
    return () => set.delete(untyped)
  }
  return {
    // One forwarding function per name of the contract, built right above.
    call: call as unknown as Client<StorePageApi>,
    on,
    lock: () => {
      if (isLocked) return
      isLocked = true
      const ending = current
      // First, so that calls which end with it find that there is another to come.
      current = closed()
      void ending.then((life) => life.end())
    },
    unlock: () => {
      if (!isLocked) return
      isLocked = false
      const next = begin()
      open(next)
      current = next
    },
  }
}

function callOf(life: StoreLife, name: string): Call {
  // The names are those of the very contract that the life's calls are typed by.
  const table = life.call as unknown as Record<string, Call>
  return table[name] ?? (async () => ({ ok: false, error: { code: 'missing', what: name } }))
}
