/** Uses of Electron that the stand-in does not know. One of them makes the whole run fail, whatever main does with the error. */
export class Refusals {
  readonly found: string[] = []
  private readonly listeners: ((what: string) => void)[] = []

  onRefusal(listener: (what: string) => void): void {
    this.listeners.push(listener)
  }

  /** For what nobody can be told of by an error. */
  note(what: string): void {
    this.found.push(what)
    for (const listener of this.listeners) listener(what)
  }

  refuse(what: string): never {
    this.note(what)
    throw new Error(`The stand-in of Electron does not know ${what}: add it to test/electron-stand-in/supported.ts`)
  }
}

export interface Known {
  readonly members: readonly string[]
  readonly events: readonly string[]
  /** Members that are objects of Electron themselves, as the app may see them. */
  readonly as?: Readonly<Record<string, () => unknown>>
}

/** What any object is asked for by the language itself, by promises and by printing: no use of Electron. */
const OF_THE_LANGUAGE: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
])
const LISTENING: ReadonlySet<string> = new Set([
  'on',
  'once',
  'off',
  'addListener',
  'removeListener',
  'removeAllListeners',
])

const underneath = new WeakMap<object, object>()

/** What is under an object that the app hands back, or the thing itself. */
export function unguarded<T>(seen: T): T {
  // What was put under the proxy is what it was made from.
  return typeof seen === 'object' && seen !== null ? ((underneath.get(seen) as T | undefined) ?? seen) : seen
}

/**
 * The object as the app sees it: what the table names, and nothing else. Whatever the tests themselves read or do is on
 * the object underneath.
 */
export function guarded<T extends object>(name: string, target: T, known: Known, refusals: Refusals): T {
  const members = new Set(known.members)
  const events = new Set(known.events)
  const bound = new Map<string, unknown>()
  const proxy: T = new Proxy(target, {
    get: (_target, property) => {
      if (typeof property === 'symbol' || OF_THE_LANGUAGE.has(property)) return Reflect.get(target, property, target)
      const isListening = events.size > 0 && LISTENING.has(property)
      if (!isListening && !members.has(property)) return refusals.refuse(`${name}.${property}`)
      const seen = known.as?.[property]
      if (seen !== undefined) return seen()
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      const made =
        bound.get(property) ??
        ((...args: unknown[]): unknown => {
          const [event] = args
          if (isListening && typeof event === 'string' && !events.has(event)) {
            refusals.refuse(`${name}.${property}('${event}')`)
          }
          const result: unknown = Reflect.apply(value, target, args)
          return result === target ? proxy : result
        })
      bound.set(property, made)
      return made
    },
    set: (_target, property, value) => {
      if (typeof property === 'string' && !members.has(property)) refusals.refuse(`${name}.${property} = …`)
      return Reflect.set(target, property, value, target)
    },
  })
  underneath.set(proxy, target)
  return proxy
}
