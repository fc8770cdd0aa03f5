import { z } from 'zod'
import { type AppError, appErrorSchema } from '../app-error.ts'
import type { Clock } from '../clock.ts'
import { err, ok, type Result } from '../result.ts'
import type { Port } from './port.ts'

/** One call: what goes in, what comes out. Arguments are one object. */
export interface CallSchema {
  readonly input: z.ZodType
  readonly output: z.ZodType
}

/** All calls of one direction, by name. */
export type Contract = Readonly<Record<string, CallSchema>>

/** All announcements of one direction, by name. Events inform; they never carry control flow. */
export type EventContract = Readonly<Record<string, z.ZodType>>

export type Reply<T> = Promise<Result<T, AppError>>

export type Handlers<C extends Contract> = {
  readonly [K in keyof C]: (input: z.output<C[K]['input']>) => Reply<z.input<C[K]['output']>>
}

export type Client<C extends Contract> = {
  readonly [K in keyof C]: (input: z.input<C[K]['input']>) => Reply<z.output<C[K]['output']>>
}

export type Emit<E extends EventContract> = <K extends keyof E & string>(name: K, data: z.input<E[K]>) => void
export type Listen<E extends EventContract> = <K extends keyof E & string>(
  name: K,
  listener: (data: z.output<E[K]>) => void,
) => () => void

export interface RpcPeer<
  Serves extends Contract,
  Calls extends Contract,
  Emits extends EventContract,
  Hears extends EventContract,
> {
  readonly call: Client<Calls>
  readonly emit: Emit<Emits>
  readonly on: Listen<Hears>
  /** Registers what this side answers. Calls that arrive before it wait. */
  readonly serve: (handlers: Handlers<Serves>) => void
  readonly closed: () => boolean
  readonly onClose: (listener: () => void) => void
  readonly close: () => void
}

export interface RpcOptions<
  Serves extends Contract,
  Calls extends Contract,
  Emits extends EventContract,
  Hears extends EventContract,
> {
  readonly port: Port
  readonly serves: Serves
  readonly calls: Calls
  readonly emits: Emits
  readonly hears: Hears
  /**
   * How long an answer may take. A message that got lost would leave its caller waiting for ever; given up, the call
   * counts as `disconnected`: it may have been done, and whoever calls must be ready for that anyway.
   */
  readonly patience?: { readonly clock: Clock; readonly ms: number }
  /** Told of what must never happen: a handler that threw, a message of no known form. Returns the incident number. */
  readonly onBug: (what: string, cause: unknown) => string
  /** Number of the first call: where two peers use one port in turn, no answer to the first is taken for the second's. */
  readonly firstId?: number
}

/** A copy of a message comes soon after it, or not at all. */
const KEPT_CALLS = 256

const messageSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('call'), id: z.number().int(), name: z.string().max(80), input: z.unknown() }),
  z.object({ t: z.literal('ok'), id: z.number().int(), output: z.unknown() }),
  z.object({ t: z.literal('err'), id: z.number().int(), error: appErrorSchema }),
  z.object({ t: z.literal('event'), name: z.string().max(80), data: z.unknown() }),
])
type Message = z.infer<typeof messageSchema>

/**
 * Both ends of a port run this; both may call. Input is parsed before a handler sees it and output before the caller
 * does, so a handler cannot be registered unchecked. Failures are values; a closed port settles every open call with
 * `disconnected`.
 */
export function createRpc<
  Serves extends Contract,
  Calls extends Contract,
  Emits extends EventContract,
  Hears extends EventContract,
>(options: RpcOptions<Serves, Calls, Emits, Hears>): RpcPeer<Serves, Calls, Emits, Hears> {
  const { port, serves, calls, hears, onBug } = options
  const open = new Map<number, { name: string; settle: (reply: Result<unknown, AppError>) => void }>()
  const listeners = new Map<string, Set<(data: unknown) => void>>()
  const early: Extract<Message, { t: 'call' }>[] = []
  let handlers: Handlers<Serves> | null = null
  let nextId = options.firstId ?? 1
  /** Calls under way and the newest that were done: a message that arrives twice is done once (F161 to F163). */
  const taken = new Set<number>()
  let isClosed = false
  const closeListeners: (() => void)[] = []

  const post = (message: Message): void => {
    if (!isClosed) port.post(message)
  }

  const take = (id: number): boolean => {
    if (taken.has(id)) return false
    taken.add(id)
    const [oldest] = taken
    if (taken.size > KEPT_CALLS && oldest !== undefined) taken.delete(oldest)
    return true
  }

  /** Refused, it may be asked again under its number. */
  const refuse = (id: number, error: AppError): void => {
    taken.delete(id)
    post({ t: 'err', id, error })
  }

  const bug = (what: string, cause: unknown): AppError => ({ code: 'internal', incident: onBug(what, cause) })

  const answer = async (message: Extract<Message, { t: 'call' }>, table: Handlers<Serves>): Promise<void> => {
    const schema = Object.hasOwn(serves, message.name) ? serves[message.name] : undefined
    const handler = schema === undefined ? undefined : table[message.name]
    if (schema === undefined || handler === undefined) {
      refuse(message.id, { code: 'bad-input', field: message.name.slice(0, 60), rule: 'unknown-call' })
      return
    }
    const input = schema.input.safeParse(message.input)
    if (!input.success) {
      refuse(message.id, badInput(input.error))
      return
    }
    try {
      // Parsed with the schema of this very name, one line above.
      const reply = await handler(input.data as Parameters<typeof handler>[0])
      if (reply.ok) {
        const output = schema.output.safeParse(reply.value)
        if (output.success) post({ t: 'ok', id: message.id, output: output.data })
        else refuse(message.id, bug(`${message.name} answered out of contract`, output.error))
      } else {
        refuse(message.id, reply.error)
      }
    } catch (cause) {
      refuse(message.id, bug(`${message.name} threw`, cause))
    }
  }

  const hear = (name: string, data: unknown): void => {
    const schema = Object.hasOwn(hears, name) ? hears[name] : undefined
    const parsed = schema?.safeParse(data)
    if (parsed === undefined || !parsed.success) {
      onBug(`event ${name} is out of contract`, parsed?.error)
      return
    }
    for (const listener of listeners.get(name) ?? []) listener(parsed.data)
  }

  port.onMessage((raw) => {
    const parsed = messageSchema.safeParse(raw)
    if (!parsed.success) {
      onBug('message of unknown form', parsed.error)
      return
    }
    const message = parsed.data
    switch (message.t) {
      case 'call':
        if (!take(message.id)) return
        if (handlers === null) early.push(message)
        else void answer(message, handlers)
        return
      case 'ok':
      case 'err': {
        const waiting = open.get(message.id)
        if (waiting === undefined) return
        open.delete(message.id)
        if (message.t === 'err') {
          waiting.settle(err(message.error))
          return
        }
        const output = calls[waiting.name]?.output.safeParse(message.output)
        if (output?.success) waiting.settle(ok(output.data))
        else waiting.settle(err(bug(`${waiting.name} was answered out of contract`, output?.error)))
        return
      }
      case 'event':
        hear(message.name, message.data)
    }
  })

  const end = (): void => {
    if (isClosed) return
    isClosed = true
    for (const waiting of open.values()) waiting.settle(err({ code: 'disconnected' }))
    open.clear()
    for (const listener of closeListeners) listener()
  }
  port.onClose(end)

  const callOne = (name: string, input: unknown): Reply<unknown> => {
    if (isClosed) return Promise.resolve(err({ code: 'disconnected' }))
    const id = nextId++
    return new Promise((resolve) => {
      const { patience } = options
      const cancel = patience?.clock.schedule(patience.ms, () => {
        if (open.delete(id)) resolve(err({ code: 'disconnected' }))
      })
      open.set(id, {
        name,
        settle: (reply) => {
          cancel?.()
          resolve(reply)
        },
      })
      post({ t: 'call', id, name, input })
    })
  }

  const client: Record<string, (input: unknown) => Reply<unknown>> = {}
  for (const name of Object.keys(calls)) client[name] = (input) => callOne(name, input)

  return {
    // The table was built from the keys of `calls`, and each reply is parsed with the schema of its key.
    call: client as Client<Calls>,
    emit: (name, data) => post({ t: 'event', name, data }),
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      // `hear` parses with the schema of this very name before it calls.
      const untyped = listener as (data: unknown) => void
      set.add(untyped)
      return () => set.delete(untyped)
    },
    serve: (table) => {
      handlers = table
      for (const message of early.splice(0)) void answer(message, table)
    },
    closed: () => isClosed,
    onClose: (listener) => {
      if (isClosed) listener()
      else closeListeners.push(listener)
    },
    // Over at once on this side: the other one may hang, and then never says that it has closed.
    close: () => {
      port.close()
      end()
    },
  }
}

function badInput(error: z.ZodError): AppError {
  const issue = error.issues[0]
  return {
    code: 'bad-input',
    field: (issue?.path.map(String).join('.') ?? '').slice(0, 60),
    rule: (issue?.code ?? 'invalid').slice(0, 60),
  }
}
