import type { Port } from '../../shared/ipc/port.ts'

/**
 * Several tabs, one owner. The owner holds the Web Lock, the database and the line to the core; the workers of other
 * tabs hand their page's messages on to it over a broadcast channel. When the owner's tab closes, the lock passes on:
 * calls in flight are answered `disconnected`, and everybody is told to look again.
 */
export interface Channel {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  close(): void
}

/** The Web Locks API as far as it is used here. `run` holds the lock until its promise settles. */
export interface Locks {
  readonly hold: (name: string, run: () => Promise<void>) => void
}

export interface TabsDeps {
  readonly name: string
  /** Random, one per worker. */
  readonly tabId: string
  readonly page: Port
  readonly channel: Channel
  readonly locks: Locks
  /** This worker has become the owner. Pages of all tabs arrive as ports at `servePage`. */
  readonly becomeOwner: () => Promise<OwnerDesk>
}

export interface OwnerDesk {
  readonly servePage: (port: Port) => void
}

type Frame =
  | { readonly k: 'to-owner'; readonly tab: string; readonly message: unknown }
  | { readonly k: 'to-tab'; readonly tab: string; readonly message: unknown }
  | { readonly k: 'owner'; readonly id: string }
  /** A new tab asks who owns the store. */
  | { readonly k: 'hello'; readonly tab: string }

export function joinTabs({ name, tabId, page, channel, locks, becomeOwner }: TabsDeps): void {
  let desk: OwnerDesk | null = null
  const inFlight = new Set<number>()
  const early: unknown[] = []
  let ownerId: string | null = null
  const own = localPort((message) => page.post(message))
  const remote = new Map<string, LocalPort>()

  const forward = (message: unknown): void => {
    const id = callId(message)
    if (id !== null) inFlight.add(id)
    channel.postMessage({ k: 'to-owner', tab: tabId, message } satisfies Frame)
  }

  page.onMessage((message) => {
    if (desk !== null) own.arrive(message)
    else if (ownerId !== null) forward(message)
    else early.push(message)
  })

  /** Whoever owned the store is gone; what it had not answered it never will. */
  const dropInFlight = (): void => {
    for (const id of inFlight) page.post({ t: 'err', id, error: { code: 'disconnected' } })
    inFlight.clear()
  }

  channel.addEventListener('message', ({ data }) => {
    const frame = readFrame(data)
    if (frame === null) return
    if (frame.k === 'hello') {
      if (desk !== null) channel.postMessage({ k: 'owner', id: tabId } satisfies Frame)
    } else if (frame.k === 'owner' && desk === null) {
      // Said again for a tab that has just come: nothing has changed here.
      if (frame.id === ownerId) return
      ownerId = frame.id
      dropInFlight()
      // So that the owner's announcements reach this tab, too.
      channel.postMessage({ k: 'to-owner', tab: tabId, message: null } satisfies Frame)
      for (const message of early.splice(0)) forward(message)
      page.post(CHANGED_ALL)
    } else if (frame.k === 'to-tab' && frame.tab === tabId && desk === null) {
      const id = replyId(frame.message)
      if (id !== null) inFlight.delete(id)
      page.post(frame.message)
    } else if (frame.k === 'to-owner' && desk !== null) {
      portOf(frame.tab, desk).arrive(frame.message)
    }
  })

  const portOf = (tab: string, owner: OwnerDesk): LocalPort => {
    const known = remote.get(tab)
    if (known !== undefined) return known
    const port = localPort((message) => channel.postMessage({ k: 'to-tab', tab, message } satisfies Frame))
    remote.set(tab, port)
    owner.servePage(port)
    // Every tab holds a lock of its own as long as it lives: getting it means that the tab is gone.
    locks.hold(tabLock(name, tab), async () => {
      remote.delete(tab)
      port.end()
    })
    return port
  }

  locks.hold(tabLock(name, tabId), () => new Promise<void>(() => undefined))
  locks.hold(name, async () => {
    const owner = await becomeOwner()
    dropInFlight()
    desk = owner
    owner.servePage(own)
    for (const message of early.splice(0)) own.arrive(message)
    channel.postMessage({ k: 'owner', id: tabId } satisfies Frame)
    page.post(CHANGED_ALL)
    // Held until this worker dies.
    await new Promise<void>(() => undefined)
  })
  // An owner that has been here for long does not know of this tab yet.
  channel.postMessage({ k: 'hello', tab: tabId } satisfies Frame)
}

const CHANGED_ALL = {
  t: 'event',
  name: 'changed',
  data: {
    topics: ['clients', 'edits', 'conflicts', 'testimonials', 'counts', 'insights', 'sources'],
    clientIds: null,
  },
} as const

function tabLock(name: string, tab: string): string {
  return `${name}-tab-${tab}`
}

interface LocalPort extends Port {
  readonly arrive: (message: unknown) => void
  readonly end: () => void
}

/** A port whose other end is in this worker. Messages that arrive before anybody listens wait. */
function localPort(post: (message: unknown) => void): LocalPort {
  let listener: ((message: unknown) => void) | null = null
  const waiting: unknown[] = []
  const closeListeners: (() => void)[] = []
  let closed = false
  const end = (): void => {
    if (closed) return
    closed = true
    for (const close of closeListeners) close()
  }
  return {
    post: (message) => {
      if (!closed) post(message)
    },
    onMessage: (next) => {
      listener = next
      for (const message of waiting.splice(0)) next(message)
    },
    onClose: (close) => closeListeners.push(close),
    close: end,
    end,
    arrive: (message) => {
      if (closed || message === null) return
      if (listener === null) waiting.push(message)
      else listener(message)
    },
  }
}

function readFrame(data: unknown): Frame | null {
  if (typeof data !== 'object' || data === null || !('k' in data)) return null
  if (data.k === 'owner') return 'id' in data && typeof data.id === 'string' ? { k: 'owner', id: data.id } : null
  if (!('tab' in data) || typeof data.tab !== 'string') return null
  if (data.k === 'hello') return { k: 'hello', tab: data.tab }
  if (!('message' in data)) return null
  if (data.k === 'to-owner' || data.k === 'to-tab') return { k: data.k, tab: data.tab, message: data.message }
  return null
}

function callId(message: unknown): number | null {
  return idOf(message, ['call'])
}

function replyId(message: unknown): number | null {
  return idOf(message, ['ok', 'err'])
}

function idOf(message: unknown, kinds: readonly string[]): number | null {
  if (typeof message !== 'object' || message === null || !('t' in message) || !('id' in message)) return null
  return kinds.includes(`${message.t}`) && typeof message.id === 'number' ? message.id : null
}
