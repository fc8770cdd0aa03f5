import { Menu } from '@mantine/core'
import { IconAddressBook, IconDots, IconFileTypePdf, IconPrinter } from '@tabler/icons-react'
import { exportVCard } from '../../actions/export-vcard.tsx'
import { useStore } from '../../bridge/app-context.tsx'
import { openDialog } from '../../state/dialogs.ts'
import type { ClientRow } from '../../store/store-contract.ts'
import { IconButton } from '../../ui/icon-button.tsx'

/** The open client out of the app: as a file, on paper. */
export function ClientMenu(props: { readonly row: ClientRow }) {
  const { clientId, name } = props.row
  const store = useStore()
  return (
    <Menu position="bottom-end" width={200} offset={4}>
      <Menu.Target>
        <IconButton label="More">
          <IconDots size={16} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconAddressBook size={16} aria-hidden />}
          onClick={() => void exportVCard(store, { clientId })}
        >
          Save as vCard
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => openDialog({ kind: 'print-client', clientId, name, as: 'paper' })}
        >
          Print…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileTypePdf size={16} aria-hidden />}
          onClick={() => openDialog({ kind: 'print-client', clientId, name, as: 'pdf' })}
        >
          Save as PDF…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
