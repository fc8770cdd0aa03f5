import type { Clock, Random } from '../../shared/clock.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { type LocalPort, localPort } from './local-port.ts'
import { callId, type Frame, isFencedReply, isRestart, readFrame, replyId } from './tab-frames.ts'

/** How often each tab asks whether the owner lives. */
export const BEAT_MS = 3_000
/** An owner that says nothing for so long hangs, or its process is stopped. */
export const HUNG_MS = 12_000
/** A call that its store refused as taken over, while no other has: so often it is asked again. */
const FENCED_TRIES = 3
const FENCED_PAUSE_MS = 1_000

export interface Channel {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  close(): void
}

/** The Web Locks API as far as it is used here. `run` holds the lock until its promise settles. */
export interface Locks {
  /** Returns how to give up waiting. `steal` takes it from its holder, whose `onLost` is called. */
  readonly hold: (
    name: string,
    run: () => Promise<void>,
    options?: { readonly steal?: boolean; readonly onLost?: () => void },
  ) => () => void
}

export interface TabsDeps {
  readonly name: string
  /** Random, one per worker. */
  readonly tabId: string
  readonly page: Port
  readonly channel: Channel
  readonly locks: Locks
  readonly clock: Clock
  readonly random: Random
  /** This worker has become the owner. Pages of all tabs arrive as ports at `servePage`. */
  readonly becomeOwner: (asked: {
    /** Another worker holds the database open and keeps this one out: it is asked to let go. */
    readonly askToClose: () => void
  }) => Promise<OwnerDesk>
}

export interface OwnerDesk {
  readonly servePage: (port: Port) => void
  /** Another worker has taken over: database and line to the core are let go. */
  readonly close: () => void
}

/** One time of being the owner. */
interface Term {
  readonly desk: OwnerDesk
  readonly own: LocalPort
  readonly remote: Map<string, LocalPort>
}

/**
 * Several tabs, one owner. The owner holds the Web Lock, the database and the line to the core; the workers of other
 * tabs hand their page's messages on to it over a broadcast channel. When the owner's tab closes, the lock passes on. An
 * owner that hangs is replaced by force: the lock is stolen, and whatever it still writes is refused by the fence in the
 * database, so that the lock is comfort and not safety. One that wakes up again joins as an ordinary tab.
 *
 * A call without an answer is asked again of the next owner. Commands carry an id, and are done once (once-each.ts).
 */
export function joinTabs(deps: TabsDeps): void {
  const { name, tabId, page, channel, locks, clock, random } = deps
  let term: Term | null = null
  /** The lock is ours and the database is being opened. */
  let opening = false
  /** Counts the times that the lock was granted or lost: what was begun under an older number is over. */
  let turn = 0
  let ownerId: string | null = null
  let stopWaiting = (): void => undefined
  const inFlight = new Map<number, { readonly message: unknown; fenced: number }>()
  let lastSign = clock.now()
  let lastBeat = clock.now()
  const patienceMs = HUNG_MS + random.next() * BEAT_MS

  const say = (frame: Frame): void => channel.postMessage(frame)

  const route = (message: unknown): void => {
    if (term !== null) term.own.arrive(message)
    else if (ownerId !== null) say({ k: 'to-owner', tab: tabId, message })
    // Without an owner it waits among those in flight.
  }

  const answer = (message: unknown): void => {
    const id = replyId(message)
    if (id !== null) {
      const call = inFlight.get(id)
      // Asked twice, over a takeover, and answered before.
      if (call === undefined) return
      if (isFencedReply(message) && call.fenced < FENCED_TRIES) {
        call.fenced++
        clock.schedule(FENCED_PAUSE_MS, () => inFlight.has(id) && route(call.message))
        return
      }
      inFlight.delete(id)
    }
    page.post(message)
  }

  const askAgain = (): void => {
    for (const { message } of inFlight.values()) route(message)
  }

  page.onMessage((message) => {
    const id = callId(message)
    if (id === null) return
    inFlight.set(id, { message, fenced: 0 })
    route(message)
  })

  const portOf = (tab: string, { desk, remote }: Term): LocalPort => {
    const known = remote.get(tab)
    if (known !== undefined) return known
    const port = localPort((message) => {
      // It is this worker that wants to be started anew; theirs are well.
      if (!isRestart(message)) say({ k: 'to-tab', tab, message })
    })
    remote.set(tab, port)
    desk.servePage(port)
    // Every tab holds a lock of its own as long as it lives: getting it means that the tab is gone.
    const stop = locks.hold(tabLock(name, tab), async () => {
      remote.delete(tab)
      port.end()
    })
    port.onClose(stop)
    return port
  }

  channel.addEventListener('message', ({ data }) => {
    const frame = readFrame(data)
    if (frame === null) return
    switch (frame.k) {
      case 'hello':
        if (term !== null) say({ k: 'owner', id: tabId })
        return
      case 'ping':
        if (term !== null || opening) say({ k: 'alive', id: tabId })
        return
      case 'alive':
        if (term === null && !opening) lastSign = clock.now()
        return
      case 'stealing':
        lastSign = clock.now()
        return
      case 'close-database':
        if (frame.tab !== tabId) stepDown()
        return
      case 'owner':
        // Whoever says so holds the lock. What we hold, if anything, was taken from us while we slept.
        if (term !== null) stepDown()
        if (!opening) follow(frame.id)
        return
      case 'to-tab':
        lastSign = clock.now()
        if (frame.tab === tabId && term === null) answer(frame.message)
        return
      case 'to-owner':
        if (term !== null) portOf(frame.tab, term).arrive(frame.message)
    }
  })

  const follow = (id: string): void => {
    lastSign = clock.now()
    // Said again for a tab that has just come: nothing has changed here.
    if (id === ownerId) return
    ownerId = id
    // So that the owner's announcements reach this tab, too.
    say({ k: 'to-owner', tab: tabId, message: null })
    askAgain()
    page.post(CHANGED_ALL)
  }

  /** The lock is ours: takes the database over, and keeps it until this worker dies or is replaced. */
  const own = async (mine: number, isOver: Promise<void>): Promise<void> => {
    opening = true
    const desk = await deps.becomeOwner({ askToClose: () => say({ k: 'close-database', tab: tabId }) })
    if (mine !== turn) {
      desk.close()
      return
    }
    opening = false
    term = { desk, own: localPort(answer), remote: new Map() }
    ownerId = tabId
    desk.servePage(term.own)
    askAgain()
    say({ k: 'owner', id: tabId })
    page.post(CHANGED_ALL)
    await isOver
  }

  let release = (): void => undefined
  const wait = (steal: boolean): void => {
    stopWaiting()
    let mine = -1
    const isOver = new Promise<void>((resolve) => {
      release = resolve
    })
    stopWaiting = locks.hold(
      name,
      () => {
        mine = ++turn
        return own(mine, isOver)
      },
      {
        steal,
        onLost: () => {
          if (mine === turn) stepDown()
        },
      },
    )
  }

  /** Another is the owner now: rejoins as an ordinary tab, last in the line for the lock. */
  const stepDown = (): void => {
    if (term === null && !opening) return
    turn++
    const old = term
    term = null
    opening = false
    ownerId = null
    lastSign = clock.now()
    if (old !== null) {
      old.own.end()
      for (const port of [...old.remote.values()]) port.end()
      old.desk.close()
    }
    release()
    wait(false)
    say({ k: 'hello', tab: tabId })
  }

  const beat = (): void => {
    const now = clock.now()
    // We have slept ourselves: nothing can be said of the others.
    if (now - lastBeat > 2 * BEAT_MS) lastSign = now
    lastBeat = now
    if (term === null && !opening) {
      if (now - lastSign > patienceMs) {
        lastSign = now
        say({ k: 'stealing', tab: tabId })
        wait(true)
      } else {
        say({ k: 'ping', tab: tabId })
      }
    }
    clock.schedule(BEAT_MS, beat)
  }

  locks.hold(tabLock(name, tabId), () => new Promise<void>(() => undefined))
  wait(false)
  // An owner that has been here for long does not know of this tab yet.
  say({ k: 'hello', tab: tabId })
  clock.schedule(BEAT_MS, beat)
}

const CHANGED_ALL = {
  t: 'event',
  name: 'changed',
  data: {
    topics: ['clients', 'edits', 'conflicts', 'testimonials', 'counts', 'insights', 'sources'],
    clientIds: null,
    pulled: false,
  },
} as const

function tabLock(name: string, tab: string): string {
  return `${name}-tab-${tab}`
}
