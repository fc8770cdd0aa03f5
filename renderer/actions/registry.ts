import type { Icon } from '@tabler/icons-react'
import {
  IconArrowBackUp,
  IconChartBar,
  IconCloudUp,
  IconCommand,
  IconFileExport,
  IconFileImport,
  IconGitFork,
  IconKeyboard,
  IconLayoutKanban,
  IconLock,
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
import type { Action, ActionContext, MenuPlace } from './action.ts'
import { exportUnsentWork } from './export-unsent.tsx'
import { CLIENT_FILE_ACTIONS, FILE_ACTIONS } from './file-actions.ts'
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
  menu: MenuPlace,
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
    menu,
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
    menu: { in: 'client', at: 10, label: 'Edit client' },
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
    menu: { in: 'client', at: 30, label: 'Delete client…' },
    available: hasClient,
    run: (context) => {
      if (context.route.clientId === null) return
      openDialog({ kind: 'delete-client', clientId: context.route.clientId, name: context.clientName ?? 'client' })
    },
  },
  ...CLIENT_FILE_ACTIONS,
  {
    id: 'send-edits',
    group: 'Do',
    label: (context) => `Send ${formatCount(freeEdits(context), 'waiting edit')} now`,
    icon: IconCloudUp,
    keys: [],
    shortcuts: [],
    menu: { in: 'file', at: 21, label: 'Send waiting edits now' },
    overDialogs: true,
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
    menu: { in: 'file', at: 22, label: 'Release held edits' },
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
    menu: { in: 'file', at: 31, label: 'Export unsent work…' },
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
    menu: { in: 'file', at: 30 },
    run: (context) => void importUnsentWork(context.store),
  },
  ...FILE_ACTIONS,
  {
    id: 'new-client',
    group: 'Do',
    label: () => NAMES.newClient,
    icon: IconPlus,
    keys: ['N'],
    shortcuts: ['n'],
    menu: { in: 'file', at: 10, label: `${NAMES.newClient}…`, press: 'mod+n' },
    run: () => openNewClient(),
  },
  {
    id: 'sync-all',
    group: 'Do',
    label: () => NAMES.syncAll,
    icon: IconRefresh,
    keys: ['R'],
    shortcuts: ['r'],
    menu: { in: 'file', at: 20 },
    overDialogs: true,
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
    menu: { in: 'file', at: 23, label: NAMES.workOffline, checked: (context) => context.network.workOffline },
    overDialogs: true,
    run: (context) => void setWorkOffline(context.host, !context.network.workOffline),
  },
  {
    id: 'lock',
    group: 'Do',
    label: () => 'Lock Clientele',
    hint: () => 'Until the passphrase is typed again',
    icon: IconLock,
    keys: [],
    shortcuts: [],
    available: (context) => context.encrypted,
    menu: { in: 'file', at: 51 },
    run: (context) => void context.host.call['lock.lock']({}),
  },
  {
    id: 'undo',
    group: 'Do',
    label: () => 'Undo the last edit',
    icon: IconArrowBackUp,
    keys: [MOD, 'Z'],
    shortcuts: ['mod+z'],
    menu: { in: 'edit', at: 10, keysAreTheSystems: true },
    run: (context) => void undoLast(context.store),
  },
  {
    id: 'add-source',
    group: 'Do',
    label: () => NAMES.addSource,
    icon: IconPlugConnected,
    keys: [],
    shortcuts: [],
    menu: { in: 'file', at: 11, label: `${NAMES.addSource}…` },
    run: () => openAddSource(),
  },
  {
    id: 'palette',
    group: 'Do',
    label: () => NAMES.commandPalette,
    icon: IconCommand,
    keys: [MOD, 'K'],
    shortcuts: ['mod+k'],
    menu: { in: 'view', at: 10, label: `${NAMES.commandPalette}…` },
    inPalette: false,
    run: () => openDialog({ kind: 'palette' }),
  },
  {
    id: 'search',
    group: 'Do',
    label: () => NAMES.searchClients,
    icon: IconSearch,
    keys: ['/'],
    shortcuts: ['/', 'mod+f'],
    menu: { in: 'edit', at: 20 },
    run: () => focusSearch(),
  },
  {
    id: 'keys',
    group: 'Do',
    label: () => 'All keys',
    icon: IconKeyboard,
    keys: ['?'],
    shortcuts: ['?'],
    menu: { in: 'help', at: 10 },
    run: () => openDialog({ kind: 'keys' }),
  },
  goTo('clients', NAMES.clients, IconUsers, 'C', { in: 'go', at: 10, press: 'mod+1' }),
  {
    id: 'go-removed',
    group: 'Go to',
    label: () => NAMES.removedClients,
    hint: (context) => countHint(context.counts?.tray ?? 0, 'client'),
    icon: IconTrash,
    keys: [],
    shortcuts: [],
    menu: { in: 'go', at: 11 },
    run: () => navigate('removed'),
  },
  goTo('pipeline', NAMES.pipeline, IconLayoutKanban, 'P', { in: 'go', at: 12, press: 'mod+2' }),
  goTo('testimonials', NAMES.testimonials, IconQuote, 'T', { in: 'go', at: 13, press: 'mod+3' }),
  goTo('queue', NAMES.queue, IconStackPush, 'Q', { in: 'go', at: 20, press: 'mod+4' }, (context) =>
    countHint(context.counts?.edits ?? 0, 'edit'),
  ),
  goTo('conflicts', NAMES.conflicts, IconGitFork, 'X', { in: 'go', at: 21, press: 'mod+5' }, (context) => {
    const count = context.counts?.conflicts ?? 0
    return count === 0 ? '' : `${count} to decide`
  }),
  goTo('insights', NAMES.insights, IconChartBar, 'I', { in: 'go', at: 30, press: 'mod+6' }),
  goTo('sources', NAMES.sources, IconPlugConnected, 'S', { in: 'go', at: 31, press: 'mod+7' }),
  goTo('settings', NAMES.settings, IconSettings, null, { in: 'file', at: 50, label: `${NAMES.settings}…` }),
]

function countHint(count: number, one: string): string {
  return count === 0 ? '' : formatCount(count, one)
}

export function isAvailable(action: Action, context: ActionContext): boolean {
  return action.available?.(context) ?? true
}
