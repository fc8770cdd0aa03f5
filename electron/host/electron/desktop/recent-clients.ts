import type { JumpListCategory } from 'electron'
import type { Clock } from '../../../../shared/clock.ts'
import type { ElectronPieces } from '../electron-pieces.ts'
import { linkOfClient } from '../opening/deep-link.ts'
import { WORDS } from './words.ts'

export interface RecentClient {
  readonly clientId: string
  readonly name: string
}

const MOST = 10
/** Going through a list opens many clients in a row. */
const PAUSE_MS = 1_000

export interface RecentClients {
  readonly list: () => readonly RecentClient[]
  readonly add: (client: RecentClient) => void
  readonly clear: () => void
}

/**
 * Clients that were opened, for the File menu, the dock of macOS and the jump list of Windows. Kept in memory only: a
 * list of names in a file would be one more place where they lie open. (Windows keeps its jump list itself.)
 */
export function createRecentClients(deps: {
  readonly clock: Clock
  readonly onChange: (clients: readonly RecentClient[]) => void
}): RecentClients {
  let clients: readonly RecentClient[] = []
  let cancel: (() => void) | null = null
  const changed = (afterMs: number): void => {
    cancel?.()
    cancel = deps.clock.schedule(afterMs, () => {
      cancel = null
      deps.onChange(clients)
    })
  }
  return {
    list: () => clients,
    add: (client) => {
      clients = [client, ...clients.filter(({ clientId }) => clientId !== client.clientId)].slice(0, MOST)
      changed(PAUSE_MS)
    },
    clear: () => {
      clients = []
      changed(0)
    },
  }
}

/** How this program is started again by the system: its path, and what must come before a link. */
export interface Restart {
  readonly program: string
  readonly args: readonly string[]
}

/** Puts them into the jump list of Windows. What the user took out of it stays out: Windows refuses it anyway. */
export function setJumpList(
  app: Pick<ElectronPieces['app'], 'setJumpList' | 'getJumpListSettings'>,
  clients: readonly RecentClient[],
  restart: Restart,
): string {
  const removed = new Set(app.getJumpListSettings().removedItems.map(({ args }) => args))
  const items = clients
    .map(({ clientId, name }) => ({
      type: 'task' as const,
      title: name.slice(0, 100),
      description: name.slice(0, 200),
      program: restart.program,
      args: [...restart.args, linkOfClient(clientId)].map(quoted).join(' '),
      iconPath: restart.program,
      iconIndex: 0,
    }))
    .filter(({ args }) => !removed.has(args))
  const categories: JumpListCategory[] = [
    ...(items.length === 0 ? [] : [{ type: 'custom' as const, name: WORDS.recentClients, items }]),
    { type: 'recent' },
  ]
  return app.setJumpList(categories)
}

/** As Windows takes a command line apart; none of ours has a quote in it. */
function quoted(text: string): string {
  return /^[\w:/.=-]+$/.test(text) ? text : `"${text.replaceAll('"', '')}"`
}
