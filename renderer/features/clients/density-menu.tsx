import { Menu } from '@mantine/core'
import {
  IconAddressBook,
  IconAdjustmentsHorizontal,
  IconCheck,
  IconFileImport,
  IconFileSpreadsheet,
} from '@tabler/icons-react'
import { exportClients } from '../../actions/export-clients.tsx'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { searchTextOf, setSort, useClientList } from '../../state/client-list.ts'
import { useSettings } from '../../state/host-state.ts'
import { openImport } from '../../state/import-files.ts'
import { NAMES } from '../../text/names.ts'
import { IconButton } from '../../ui/icon-button.tsx'

const DENSITIES = [
  { value: 'compact', label: 'Compact' },
  { value: 'comfortable', label: 'Comfortable' },
] as const

const CHECK = <IconCheck size={14} aria-hidden />
const NEWEST_CLIENT = { key: 'created', direction: 'desc' } as const

export function DensityMenu() {
  const host = useHost()
  const store = useStore()
  const text = useClientList(searchTextOf)
  const { density } = useSettings()
  const sort = useClientList((list) => list.sort)
  const order = sort === null ? 'default' : sort.key === 'created' ? 'created' : null
  return (
    <Menu position="bottom-end" width={232} offset={4}>
      <Menu.Target>
        <IconButton label="View options">
          <IconAdjustmentsHorizontal size={16} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Density</Menu.Label>
        <Menu.RadioGroup
          value={density}
          onChange={(value) => void host.call['settings.set']({ density: value === 'comfortable' ? value : 'compact' })}
        >
          {DENSITIES.map((each) => (
            <Menu.RadioItem key={each.value} value={each.value} closeMenuOnClick checkIcon={CHECK}>
              {each.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>Order</Menu.Label>
        <Menu.RadioGroup value={order} onChange={(value) => setSort(value === 'created' ? NEWEST_CLIENT : null)}>
          <Menu.RadioItem value="default" closeMenuOnClick checkIcon={CHECK}>
            Newest change, best match
          </Menu.RadioItem>
          <Menu.RadioItem value="created" closeMenuOnClick checkIcon={CHECK}>
            Newest client
          </Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          onClick={() => void exportClients(store, { query: { text, sort }, all: true, ids: [] }, 'csv')}
        >
          Export as CSV
        </Menu.Item>
        <Menu.Item
          leftSection={<IconAddressBook size={16} aria-hidden />}
          onClick={() => void exportClients(store, { query: { text, sort }, all: true, ids: [] }, 'vcard')}
        >
          Export as vCard
        </Menu.Item>
        <Menu.Item leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => openImport()}>
          {NAMES.importClients}…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
