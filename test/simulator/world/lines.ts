import type { Channel, Locks } from '../../../renderer/store/tabs.ts'
import type { Port } from '../../../shared/ipc/port.ts'
import type { Life, SimTime } from './time.ts'

/** What may happen to one message; null: it arrives in order, once. */
export type LineTrouble = 'twice' | 'late' | 'cut'

export interface LineOptions {
  readonly time: SimTime
  readonly name: string
  /** The processes at the two ends. */
  readonly left: Life
  readonly right: Life
  readonly trouble: () => LineTrouble | null
  readonly lateMs: () => number
  /** Sees every message. */
  readonly tap: (line: string, way: 'to-left' | 'to-right', text: string) => void
}

/** Both ends of a port between two processes. Messages are cloned as text; a dead end neither sends nor hears. */
export function createLine(options: LineOptions): {
  readonly left: Port
  readonly right: Port
  readonly cut: () => void
} {
  const { time, name } = options
  const left = createEnd(options.left)
  const right = createEnd(options.right)
  let isCut = false
  const cut = (): void => {
    if (isCut) return
    isCut = true
    for (const end of [left, right]) time.post(`${name} end`, end.close)
  }

  const carry = (way: 'to-left' | 'to-right') => {
    const [from, to] = way === 'to-right' ? [left, right] : [right, left]
    /** Nothing overtakes a message that is late. */
    let freeAt = 0
    from.connect((message) => {
      if (isCut || !from.life.alive) return
      const text = JSON.stringify(message)
      options.tap(name, way, text)
      const trouble = options.trouble()
      if (trouble === 'cut') {
        // This one and all that follow are lost; then both sides learn that the line has ended.
        isCut = true
        time.schedule(options.lateMs(), () => {
          left.close()
          right.close()
        })
        return
      }
      const arrive = (): void => {
        if (to.life.alive && !isCut) to.receive(text)
      }
      const delay = Math.max(trouble === 'late' ? options.lateMs() : 0, freeAt - time.now())
      if (delay > 0) {
        freeAt = time.now() + delay
        time.schedule(delay, () => time.post(`${name} ${way}`, arrive))
      } else time.post(`${name} ${way}`, arrive)
      if (trouble === 'twice') time.post(`${name} ${way}`, arrive)
    }, cut)
  }
  carry('to-right')
  carry('to-left')
  return { left: left.port, right: right.port, cut }
}

interface End {
  readonly life: Life
  readonly port: Port
  readonly connect: (send: (message: unknown) => void, hangUp: () => void) => void
  readonly receive: (text: string) => void
  readonly close: () => void
}

function createEnd(life: Life): End {
  const listeners: ((message: unknown) => void)[] = []
  const closers: (() => void)[] = []
  const early: string[] = []
  let closed = false
  let send: (message: unknown) => void = () => undefined
  let hangUp = (): void => undefined
  const close = (): void => {
    if (closed) return
    closed = true
    if (life.alive) for (const closer of closers) closer()
  }
  return {
    life,
    connect: (toSend, toHangUp) => {
      send = toSend
      hangUp = toHangUp
    },
    receive: (text) => {
      if (closed) return
      if (listeners.length === 0) early.push(text)
      for (const listener of listeners) listener(JSON.parse(text))
    },
    close,
    port: {
      post: (message) => {
        if (!closed) send(message)
      },
      onMessage: (listener) => {
        listeners.push(listener)
        for (const text of early.splice(0)) listener(JSON.parse(text))
      },
      onClose: (listener) => {
        if (closed) listener()
        else closers.push(listener)
      },
      close: () => {
        close()
        hangUp()
      },
    },
  }
}

/** The broadcast channel of one name: everybody hears everybody else. */
export interface Broadcast {
  readonly join: (life: Life) => Channel
  /** This one hears nothing for a while, and then all of it. */
  readonly deafen: (life: Life, ms: number) => void
}

export function createBroadcast(time: SimTime): Broadcast {
  const members = new Set<{ readonly life: Life; readonly hear: (text: string) => void }>()
  const deafUntil = new Map<Life, number>()
  return {
    deafen: (life, ms) => void deafUntil.set(life, time.now() + ms),
    join: (life) => {
      const listeners: ((event: { readonly data: unknown }) => void)[] = []
      const member = {
        life,
        hear: (text: string) => {
          for (const listener of listeners) listener({ data: JSON.parse(text) })
        },
      }
      members.add(member)
      return {
        postMessage: (message) => {
          if (!life.alive) return
          const text = JSON.stringify(message)
          for (const other of members) {
            if (other === member) continue
            const arrive = (): void => time.post('broadcast', () => other.life.alive && other.hear(text))
            const deafFor = (deafUntil.get(other.life) ?? 0) - time.now()
            if (deafFor > 0) time.schedule(deafFor, arrive)
            else arrive()
          }
        },
        addEventListener: (_type, listener) => void listeners.push(listener),
        close: () => void members.delete(member),
      }
    },
  }
}

/** Web Locks: granted in the order of asking, freed with the process that held them, and taken away by force. */
export interface SimLocks {
  readonly of: (life: Life) => Locks
  /** A process has died: what it held is free. */
  readonly free: (life: Life) => void
  /** Hands a lock on although its holder lives, and does not tell it: two believe that they hold it. */
  readonly steal: (name: string) => boolean
}

interface Ask {
  readonly life: Life
  readonly run: () => Promise<void>
  readonly onLost: () => void
  isHeld: boolean
}

export function createSimLocks(time: SimTime): SimLocks {
  const queues = new Map<string, Ask[]>()
  const queueOf = (name: string): Ask[] => {
    const queue = queues.get(name) ?? []
    queues.set(name, queue)
    return queue
  }
  const leave = (name: string, ask: Ask): void => {
    const queue = queueOf(name)
    const place = queue.indexOf(ask)
    if (place === -1) return
    queue.splice(place, 1)
    if (place === 0) grant(name)
  }
  const grant = (name: string): void => {
    const queue = queueOf(name)
    const first = queue[0]
    if (first === undefined || first.isHeld) return
    time.post('locks', () => {
      if (queue[0] !== first || first.isHeld || !first.life.alive) return
      first.isHeld = true
      const pass = (): void => leave(name, first)
      first.run().then(pass, pass)
    })
  }
  return {
    of: (life) => ({
      hold: (name, run, { steal = false, onLost = () => undefined } = {}) => {
        const queue = queueOf(name)
        const ask: Ask = { life, run, onLost, isHeld: false }
        const holder = queue[0]
        if (steal && holder?.isHeld === true) {
          queue.splice(0, 1, ask)
          time.post('locks', () => holder.life.alive && holder.onLost())
        } else queue.push(ask)
        if (queue[0] === ask) grant(name)
        return () => {
          if (!ask.isHeld) leave(name, ask)
        }
      },
    }),
    free: (life) => {
      for (const [name, queue] of queues) {
        for (const ask of queue.filter((one) => one.life === life)) leave(name, ask)
      }
    },
    steal: (name) => {
      const queue = queueOf(name)
      if (queue.length < 2) return false
      queue.shift()
      grant(name)
      return true
    },
  }
}
