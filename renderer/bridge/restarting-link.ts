import type { AppError } from '../../shared/app-error.ts'
import type { Client, Listen } from '../../shared/ipc/rpc.ts'
import type { Result } from '../../shared/result.ts'
import { type StorePageApi, type StorePageEvents, storePageApi, storePageEvents } from '../store/store-contract.ts'
import type { StoreLife } from './start-store-worker.ts'

/** A worker that asks to be started anew again so soon is left as it is: it goes on trying by itself. */
export const RESTART_PAUSE_MS = 30_000

type Call = (input: object) => Promise<Result<unknown, AppError>>

/**
 * The store over several lives of its worker. A worker that cannot open its database any more asks for a new one; what
 * it had not answered is asked again of the next. Each call has a name of its own (`commandId`), under which a command
 * is done once however often it is asked for.
 */
export function createRestartingLink(
  first: StoreLife,
  deps: {
    readonly start: () => Promise<StoreLife>
    readonly newCommandId: () => string
    /** Milliseconds that never go back. */
    readonly now: () => number
  },
): StoreLife {
  let current: Promise<StoreLife> = Promise.resolve(first)
  let isOver = false
  let restartedAt = Number.NEGATIVE_INFINITY
  const listeners = new Map<string, Set<(data: never) => void>>()

  const hear = (life: StoreLife): void => {
    // `Object.keys` widens to string; these are literally the keys of the contract.
    for (const name of Object.keys(storePageEvents) as (keyof StorePageEvents)[]) {
      life.on(name, (data) => {
        // Each set was filled under this very name by `on`.
        for (const listener of listeners.get(name) ?? []) listener(data as never)
        if (name === 'restart') restart(life)
      })
    }
  }

  const restart = (life: StoreLife): void => {
    if (isOver || deps.now() - restartedAt < RESTART_PAUSE_MS) return
    restartedAt = deps.now()
    current = deps.start().then((next) => {
      hear(next)
      // Only now, so that its calls, which end with it, find the next one.
      life.end()
      return next
    })
  }
  hear(first)

  const call: Record<string, Call> = {}
  for (const name of Object.keys(storePageApi)) {
    call[name] = async (input) => {
      const named = { commandId: deps.newCommandId(), ...input }
      const life = await current
      const reply = await callOf(life, name)(named)
      if (reply.ok || reply.error.code !== 'disconnected') return reply
      const next = await current
      return next === life ? reply : callOf(next, name)(named)
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
  // One forwarding function per name of the contract, built right above.
  return {
    call: call as unknown as Client<StorePageApi>,
    on,
    end: () => {
      isOver = true
      void current.then((life) => life.end())
    },
  }
}

function callOf(life: StoreLife, name: string): Call {
  // The names are those of the very contract that the life's calls are typed by.
  const table = life.call as unknown as Record<string, Call>
  return table[name] ?? (async () => ({ ok: false, error: { code: 'missing', what: name } }))
}
