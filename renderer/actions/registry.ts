import type { Icon } from '@tabler/icons-react'
import {
  IconArrowBackUp,
  IconChartBar,
  IconCloudUp,
  IconFileExport,
  IconFileImport,
  IconGitFork,
  IconKeyboard,
  IconLayoutKanban,
  IconPencil,
  IconPlayerPlay,
  IconPlugConnected,
  IconPlugConnectedX,
  IconPlus,
  IconQuote,
  IconRefresh,
  IconSearch,
  IconSettings,
  IconStackPush,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react'
import { openAddSource, openDialog, openNewClient } from '../state/dialogs.ts'
import { editOpenClient, focusSearch } from '../state/focus.ts'
import { navigate, type PlaceName } from '../state/route.ts'
import { formatCount } from '../text/format.ts'
import { NAMES } from '../text/names.ts'
import type { Action, ActionContext } from './action.ts'
import { exportUnsentWork } from './export-unsent.tsx'
import { importUnsentWork } from './import-unsent.ts'
import { MOD } from './keys.ts'
import { releaseAll } from './release-all.ts'
import { setWorkOffline } from './set-work-offline.ts'
import { undoLast } from './undo-last.ts'

/** Edits that go by themselves: neither held nor for the user to decide. */
function freeEdits({ counts }: ActionContext): number {
  return counts === null ? 0 : Math.max(0, counts.edits - counts.held - counts.needsAttention - counts.conflicts)
}
const hasClient = (context: ActionContext): boolean => context.route.clientId !== null

function goTo(
  place: PlaceName,
  label: string,
  icon: Icon,
  key: string | null,
  hint?: (context: ActionContext) => string,
): Action {
  return {
    id: `go-${place}`,
    group: 'Go to',
    label: () => label,
    ...(hint === undefined ? {} : { hint }),
    icon,
    keys: key === null ? [MOD, ','] : ['G', key],
    shortcuts: key === null ? ['mod+,'] : [`g ${key.toLowerCase()}`],
    run: () => navigate(place),
  }
}

/** Every command of the app that is not tied to a control; those of the open client first. */
export const ACTIONS: readonly Action[] = [
  {
    id: 'edit-client',
    group: 'Do',
    label: (context) => `Edit ${context.clientName ?? 'client'}`,
    icon: IconPencil,
    keys: ['E'],
    shortcuts: ['e'],
    available: hasClient,
    run: () => editOpenClient(),
  },
  {
    id: 'delete-client',
    group: 'Do',
    label: (context) => `Delete ${context.clientName ?? 'client'}`,
    icon: IconTrash,
    keys: ['Delete'],
    shortcuts: ['delete'],
    available: hasClient,
    run: (context) => {
      if (context.route.clientId === null) return
      openDialog({ kind: 'delete-client', clientId: context.route.clientId, name: context.clientName ?? 'client' })
    },
  },
  {
    id: 'send-edits',
    group: 'Do',
    label: (context) => `Send ${formatCount(freeEdits(context), 'waiting edit')} now`,
    icon: IconCloudUp,
    keys: [],
    shortcuts: [],
    available: (context) => freeEdits(context) > 0 && !context.network.workOffline,
    run: (context) => void context.host.call['edits.push']({ sourceId: null }),
  },
  {
    id: 'release-edits',
    group: 'Do',
    label: (context) => `Release ${formatCount(context.counts?.held ?? 0, 'held edit')}`,
    hint: () => 'Sends what waits for your look',
    icon: IconPlayerPlay,
    keys: [],
    shortcuts: [],
    available: (context) => (context.counts?.held ?? 0) > 0,
    run: (context) => void releaseAll(context.store, context.host),
  },
  {
    id: 'export-unsent',
    group: 'Do',
    label: () => 'Export unsent work',
    hint: () => 'Edits and values of this device, as a file',
    icon: IconFileExport,
    keys: [],
    shortcuts: [],
    run: (context) => void exportUnsentWork(context.store),
  },
  {
    id: 'import-unsent',
    group: 'Do',
    label: () => 'Import unsent work…',
    hint: () => 'Its edits come back held',
    icon: IconFileImport,
    keys: [],
    shortcuts: [],
    run: (context) => void importUnsentWork(context.store),
  },
  {
    id: 'new-client',
    group: 'Do',
    label: () => NAMES.newClient,
    icon: IconPlus,
    keys: ['N'],
    shortcuts: ['n'],
    run: () => openNewClient(),
  },
  {
    id: 'sync-all',
    group: 'Do',
    label: () => NAMES.syncAll,
    icon: IconRefresh,
    keys: ['R'],
    shortcuts: ['r'],
    available: (context) => context.sourceCount > 0,
    run: (context) => void context.host.call['sources.syncAll']({}),
  },
  {
    id: 'work-offline',
    group: 'Do',
    label: (context) => (context.network.workOffline ? 'Work online' : NAMES.workOffline),
    hint: (context) => (context.network.workOffline ? 'Lets edits go and sources sync' : 'Stops all traffic at once'),
    icon: IconPlugConnectedX,
    keys: [MOD, 'Shift', 'O'],
    shortcuts: ['mod+shift+o'],
    run: (context) => void setWorkOffline(context.host, !context.network.workOffline),
  },
  {
    id: 'undo',
    group: 'Do',
    label: () => 'Undo the last edit',
    icon: IconArrowBackUp,
    keys: [MOD, 'Z'],
    shortcuts: ['mod+z'],
    run: (context) => void undoLast(context.store),
  },
  {
    id: 'add-source',
    group: 'Do',
    label: () => NAMES.addSource,
    icon: IconPlugConnected,
    keys: [],
    shortcuts: [],
    run: () => openAddSource(),
  },
  {
    id: 'search',
    group: 'Do',
    label: () => NAMES.searchClients,
    icon: IconSearch,
    keys: ['/'],
    shortcuts: ['/', 'mod+f'],
    run: () => focusSearch(),
  },
  {
    id: 'keys',
    group: 'Do',
    label: () => 'All keys',
    icon: IconKeyboard,
    keys: ['?'],
    shortcuts: ['?'],
    run: () => openDialog({ kind: 'keys' }),
  },
  goTo('clients', NAMES.clients, IconUsers, 'C'),
  {
    id: 'go-removed',
    group: 'Go to',
    label: () => NAMES.removedClients,
    hint: (context) => countHint(context.counts?.tray ?? 0, 'client'),
    icon: IconTrash,
    keys: [],
    shortcuts: [],
    run: () => navigate('removed'),
  },
  goTo('pipeline', NAMES.pipeline, IconLayoutKanban, 'P'),
  goTo('testimonials', NAMES.testimonials, IconQuote, 'T'),
  goTo('queue', NAMES.queue, IconStackPush, 'Q', (context) => countHint(context.counts?.edits ?? 0, 'edit')),
  goTo('conflicts', NAMES.conflicts, IconGitFork, 'X', (context) => {
    const count = context.counts?.conflicts ?? 0
    return count === 0 ? '' : `${count} to decide`
  }),
  goTo('insights', NAMES.insights, IconChartBar, 'I'),
  goTo('sources', NAMES.sources, IconPlugConnected, 'S'),
  goTo('settings', NAMES.settings, IconSettings, null),
]

function countHint(count: number, one: string): string {
  return count === 0 ? '' : formatCount(count, one)
}

export function isAvailable(action: Action, context: ActionContext): boolean {
  return action.available?.(context) ?? true
}
