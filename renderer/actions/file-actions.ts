import { IconAddressBook, IconFileImport, IconFileSpreadsheet, IconFileTypePdf, IconPrinter } from '@tabler/icons-react'
import { searchTextOf, useClientList } from '../state/client-list.ts'
import { openDialog } from '../state/dialogs.ts'
import { openImport } from '../state/import-files.ts'
import { NAMES } from '../text/names.ts'
import type { Action, ActionContext } from './action.ts'
import { exportClients } from './export-clients.tsx'
import { exportVCard } from './export-vcard.tsx'
import { MOD } from './keys.ts'

const hasClient = ({ route }: ActionContext): boolean => route.clientId !== null
const hasClients = ({ counts }: ActionContext): boolean => (counts?.clients ?? 0) > 0

function openPrint({ route, clientName }: ActionContext, as: 'paper' | 'pdf'): void {
  if (route.clientId === null) return
  openDialog({ kind: 'print-client', clientId: route.clientId, name: clientName ?? 'client', as })
}

/** The list as it is searched and sorted now. */
function shownList() {
  const list = useClientList.getState()
  return { text: searchTextOf(list), sort: list.sort }
}

/** The open client out of the app. */
export const CLIENT_FILE_ACTIONS: readonly Action[] = [
  {
    id: 'client-vcard',
    group: 'Do',
    label: ({ clientName }) => `Save ${clientName ?? 'client'} as vCard`,
    icon: IconAddressBook,
    keys: [],
    shortcuts: [],
    menu: { in: 'client', at: 20, label: 'Save client as vCard…' },
    available: hasClient,
    run: ({ store, route }) => {
      if (route.clientId !== null) void exportVCard(store, { clientId: route.clientId })
    },
  },
  {
    id: 'print-client',
    group: 'Do',
    label: ({ clientName }) => `Print ${clientName ?? 'client'}…`,
    icon: IconPrinter,
    keys: [MOD, 'P'],
    shortcuts: ['mod+p'],
    menu: { in: 'file', at: 40, label: 'Print client…' },
    available: hasClient,
    run: (context) => openPrint(context, 'paper'),
  },
  {
    id: 'client-pdf',
    group: 'Do',
    label: ({ clientName }) => `Save ${clientName ?? 'client'} as PDF…`,
    icon: IconFileTypePdf,
    keys: [],
    shortcuts: [],
    menu: { in: 'file', at: 41, label: 'Save client as PDF…' },
    available: hasClient,
    run: (context) => openPrint(context, 'pdf'),
  },
]

/** Clients in, and lists out. */
export const FILE_ACTIONS: readonly Action[] = [
  {
    id: 'import-clients',
    group: 'Do',
    label: () => `${NAMES.importClients}…`,
    hint: () => 'From a vCard or CSV file',
    icon: IconFileImport,
    keys: [],
    shortcuts: [],
    menu: { in: 'file', at: 32 },
    run: () => openImport(),
  },
  {
    id: 'export-clients-vcard',
    group: 'Do',
    label: () => 'Export the list as vCard',
    hint: () => 'Clients as they are searched for now',
    icon: IconAddressBook,
    keys: [],
    shortcuts: [],
    menu: { in: 'file', at: 33, label: 'Export list as vCard…' },
    available: hasClients,
    run: ({ store }) => void exportClients(store, { query: shownList(), all: true, ids: [] }, 'vcard'),
  },
  {
    id: 'export-clients-csv',
    group: 'Do',
    label: () => 'Export the list as CSV',
    hint: () => 'For a spreadsheet',
    icon: IconFileSpreadsheet,
    keys: [],
    shortcuts: [],
    menu: { in: 'file', at: 34, label: 'Export list as CSV…' },
    available: hasClients,
    run: ({ store }) => void exportClients(store, { query: shownList(), all: true, ids: [] }, 'csv'),
  },
]
