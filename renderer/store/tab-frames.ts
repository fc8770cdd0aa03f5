/** What the workers of several tabs say to each other. */
export type Frame =
  /** A message of a tab's page for the store; `null` only makes the tab known. */
  | { readonly k: 'to-owner'; readonly tab: string; readonly message: unknown }
  | { readonly k: 'to-tab'; readonly tab: string; readonly message: unknown }
  | { readonly k: 'owner'; readonly id: string }
  /** The owner, or one that is about to be: it is alive. */
  | { readonly k: 'alive'; readonly id: string }
  /** A new tab asks who owns the store. */
  | { readonly k: 'hello'; readonly tab: string }
  | { readonly k: 'ping'; readonly tab: string }
  /** The owner has said nothing for too long and is being replaced. */
  | { readonly k: 'stealing'; readonly tab: string }
  /** Whoever holds the database and is not the owner shall close it: its owner waits. */
  | { readonly k: 'close-database'; readonly tab: string }

const WITH_ID = ['owner', 'alive'] as const
const WITH_TAB = ['hello', 'ping', 'stealing', 'close-database'] as const
const WITH_MESSAGE = ['to-owner', 'to-tab'] as const

export function readFrame(data: unknown): Frame | null {
  if (typeof data !== 'object' || data === null || !('k' in data)) return null
  const { k } = data
  const withId = WITH_ID.find((kind) => kind === k)
  if (withId !== undefined) return 'id' in data && typeof data.id === 'string' ? { k: withId, id: data.id } : null
  if (!('tab' in data) || typeof data.tab !== 'string') return null
  const withTab = WITH_TAB.find((kind) => kind === k)
  if (withTab !== undefined) return { k: withTab, tab: data.tab }
  const withMessage = WITH_MESSAGE.find((kind) => kind === k)
  if (withMessage === undefined || !('message' in data)) return null
  return { k: withMessage, tab: data.tab, message: data.message }
}

/** Number of a call of the page, or null where the message is none. */
export function callId(message: unknown): number | null {
  return idOf(message, ['call'])
}

export function replyId(message: unknown): number | null {
  return idOf(message, ['ok', 'err'])
}

/** The worker that owns the database asks its page for a new one. */
export function isRestart(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('t' in message)) return false
  return message.t === 'event' && 'name' in message && message.name === 'restart'
}

/** The answer of a store that another worker has taken over: the new one has to be asked. */
export function isFencedReply(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('t' in message) || message.t !== 'err') return false
  const error = 'error' in message ? message.error : null
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'storage' &&
    'kind' in error &&
    error.kind === 'fenced'
  )
}

function idOf(message: unknown, kinds: readonly string[]): number | null {
  if (typeof message !== 'object' || message === null || !('t' in message) || !('id' in message)) return null
  return kinds.includes(`${message.t}`) && typeof message.id === 'number' ? message.id : null
}
